import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, removeFolder, startPortal } from '../acceptance/portal.ts';

const installer = path.resolve('../shared/servers/clients');
const present = existsSync(installer);

const many = 40;
const datasets = Array.from({ length: many }, (_, at) => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  name: `loaded-${at}`,
  title: `Loaded ${at}`,
  owner_org: 'tea',
  groups: [{ name: 'leaves' }],
  resources: [{ url: `http://files.test/${at}.csv`, format: 'CSV' }],
}));

describe.skipIf(!present)('the command line of ckanapi (needs ../shared/servers/clients)', () => {
  let portal: Portal;
  let folder: string;
  beforeAll(async () => {
    folder =
      /^export CLIENTS_BIN=(.*)$/m.exec(execFileSync(installer, ['install'], { encoding: 'utf8' }))?.[1] ??
      '';
    portal = await startPortal();
  });
  afterAll(async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
  });

  // ckanapi starts its workers by its own name: its folder has to be on the path.
  const env = () => ({ ...process.env, PATH: `${folder}:${process.env['PATH']}` });
  const remote = () => ['-r', portal.url, '-a', portal.token];

  async function run(...args: string[]): Promise<string> {
    return (await promisify(execFile)('ckanapi', [...args, ...remote()], { env: env() })).stdout;
  }

  async function feed(lines: object[], ...args: string[]): Promise<void> {
    const child = spawn('ckanapi', [...args, ...remote()], {
      env: env(),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await once(child, 'close')).toEqual([0, null]);
  }

  const lines = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  /** By name, without the moment of the last update: CKAN 2.11 moves it with every update. */
  const said = (objects: Record<string, unknown>[]) => {
    const withoutMoment = (key: string, value: unknown) => (key === 'metadata_modified' ? undefined : value);
    return new Map(
      objects.map((one) => [one['name'], JSON.parse(JSON.stringify(one, withoutMoment)) as unknown]),
    );
  };
  const names = (text: string) => lines(text).map(({ name }) => name);

  it('loads organisations, groups and users', async () => {
    await feed([{ name: 'tea', title: 'Ministry of Tea' }], 'load', 'organizations', '-q');
    await feed([{ name: 'leaves', title: 'Leaves' }], 'load', 'groups', '-q');
    await feed([{ name: 'ada', email: 'ada@people.test', password: 'long enough 1' }], 'load', 'users', '-q');
    expect(names(await run('dump', 'organizations', '--all', '-q'))).toEqual(['tea']);
    expect(names(await run('dump', 'groups', 'leaves', '-q'))).toEqual(['leaves']);
    expect(names(await run('dump', 'users', 'ada', '-q'))).toEqual(['ada']);
  });

  it('loads datasets by four processes with their ids, and again what was dumped', async () => {
    await feed(datasets, 'load', 'datasets', '-q', '-p', '4');
    const dump = () => run('dump', 'datasets', '--all', '-q', '-p', '4');
    const first = lines(await dump());
    expect(new Map(first.map(({ id, name }) => [id, name]))).toEqual(
      new Map(datasets.map(({ id, name }) => [id, name])),
    );
    await feed(first, 'load', 'datasets', '-q', '-p', '4');
    expect(said(lines(await dump()))).toEqual(said(first));
  });

  it('searches and calls actions', async () => {
    const [shown] = lines(await run('action', 'package_show', 'id=loaded-7', '-j'));
    expect(shown).toMatchObject({ name: 'loaded-7', organization: { name: 'tea' } });
    expect(names(await run('search', 'datasets', 'q=title:"Loaded 7"'))).toContain('loaded-7');
  });

  it('deletes', async () => {
    await run('delete', 'datasets', 'loaded-1', 'loaded-2', '-q');
    const left = lines(await run('action', 'package_list', '-J')) as unknown as string[];
    expect(left).toHaveLength(many - 2);
    expect(left).not.toContain('loaded-1');
  });
});
