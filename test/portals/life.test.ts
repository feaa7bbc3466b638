import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claimPort } from '@portolan/embedded/port';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { emptyFolder, type Portal, removeFolder, run, startPortal } from '../acceptance/portal.ts';
import { copyData } from './copy_data.ts';

const folders: string[] = [];
const portals: Portal[] = [];
const begin = async (options: Parameters<typeof startPortal>[0] = {}): Promise<Portal> => {
  const portal = await startPortal({ ...options, data: options.data ?? copyData(inject('prepared')) });
  portals.push(portal);
  folders.push(portal.data);
  return portal;
};
afterAll(async () => {
  for (const portal of portals)
    if (portal.process.exitCode === null && !portal.process.signalCode) await portal.end('SIGKILL');
  for (const folder of folders) removeFolder(folder);
});

const action = async (
  portal: Portal,
  name: string,
  params: object,
): Promise<{ status: number; result: unknown }> => {
  const response = await fetch(`${portal.url}/api/3/action/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: portal.token },
    body: JSON.stringify(params),
  });
  return { status: response.status, result: ((await response.json()) as { result: unknown }).result };
};

/** Processes whose command line names the folder. */
const processesOf = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));

describe('a portal', () => {
  it('tells on its first start where it is and the administrator’s token, and not again', async () => {
    const portal = await begin({ data: emptyFolder() });
    expect(portal.output()).toContain(`Portolan is at ${portal.url}`);
    expect(portal.output()).toContain(portal.data);
    expect(portal.output()).toContain(portal.token);
    expect((await action(portal, 'organization_create', { name: 'kept' })).status).toBe(200);
    expect(statSync(path.join(portal.data, 'portal.json')).mode & 0o077).toBe(0);

    const second = await run(['start', '--data', portal.data], { PORT: String((await claimPort()).port) });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`A portal already runs on ${portal.data} at ${portal.url}`);

    expect(await portal.end('SIGINT')).toBe(0);
    expect(processesOf(portal.data)).toEqual([]);
    expect(existsSync(path.join(portal.data, 'portal.json'))).toBe(false);

    const again = await begin({ data: portal.data });
    expect(again.output()).not.toContain(portal.token);
    expect(again.token).toBe(portal.token);
    expect(await action(again, 'organization_show', { id: 'kept' })).toMatchObject({ status: 200 });
    expect(await again.end('SIGTERM')).toBe(0);
  });

  it('stops when the npm that started it is told to', async () => {
    const portal = await begin({ npm: true });
    await portal.end('SIGTERM');
    await expect.poll(() => processesOf(portal.data), { timeout: 60_000 }).toEqual([]);
    expect(existsSync(path.join(portal.data, 'portal.json'))).toBe(false);
  });
});

/** Its tests come one after the other on the same data, each with what those before it have left. */
describe('a portal of one’s own', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await begin({ env: { CKAN__SITE_TITLE: 'Teas' } });
  });

  it('has its settings obeyed by commands', async () => {
    const { standard } = await run(['--data', portal.data, 'action', 'status_show']);
    expect(JSON.parse(standard)).toMatchObject({ site_title: 'Teas' });
  });

  it('tells commands its variables, for a shell', async () => {
    const { code, standard } = await run(['--data', portal.data, 'env']);
    expect(code).toBe(0);
    const names = standard
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).toEqual(
      expect.arrayContaining(['PORTOLAN_URL', 'PORTOLAN_TOKEN', 'DATABASE_URL', 'DATASTORE_URL']),
    );
    const shell = execFileSync('sh', ['-c', `${standard}\nprintf %s "$PORTOLAN_TOKEN"`], {
      encoding: 'utf8',
    });
    expect(shell).toBe(portal.token);
  });

  it('is given another token by a command', async () => {
    const { standard } = await run(['--data', portal.data, 'user', 'token', 'add', 'admin', 'another', '-q']);
    const response = await fetch(`${portal.url}/api/3/action/api_token_list?user_id=admin`, {
      headers: { authorization: standard.trim() },
    });
    expect(response.status).toBe(200);
  });

  it('has any action run by a command', async () => {
    const { code, standard } = await run(['--data', portal.data, 'action', 'status_show']);
    expect([code, JSON.parse(standard)]).toEqual([
      0,
      expect.objectContaining({ ckan_version: expect.stringMatching(/^2\.\d+\.\d+$/) }),
    ]);
    expect((await run(['--data', portal.data, 'action', 'package_show', 'id=nothing'])).code).toBe(3);
    expect((await run(['--data', portal.data, 'action', 'no_such_action'])).code).toBe(3);
  });

  it('is emptied, with settings that hold until the next time', async () => {
    const headers = { authorization: portal.token, 'content-type': 'application/json' };
    const title = async () =>
      (
        (await (await fetch(`${portal.url}/api/3/action/status_show`)).json()) as {
          result: { site_title: string };
        }
      ).result.site_title;
    await fetch(`${portal.url}/api/3/action/organization_create`, {
      method: 'POST',
      headers,
      body: '{"name": "gone"}',
    });
    const settings = path.join(emptyFolder(), 'settings.ini');
    folders.push(path.dirname(settings));
    writeFileSync(settings, 'ckan.site_title = For a while\n');
    expect((await run(['--data', portal.data, 'reset', '--yes', '--settings', settings])).code).toBe(0);
    expect(await title()).toBe('For a while');
    const organizations = (await (
      await fetch(`${portal.url}/api/3/action/organization_list`, { headers })
    ).json()) as { result: string[] };
    expect(organizations.result).toEqual([]);
    expect((await run(['--data', portal.data, 'reset', '--yes'])).code).toBe(0);
    expect(await title()).not.toBe('For a while');
    expect(readFileSync(settings, 'utf8')).toContain('For a while');
  });

  const startAgain = async () => {
    portal = await begin({ data: portal.data, env: { PORTOLAN_ALLOW_RESET: '0' } });
    expect(await action(portal, 'organization_show', { id: 'kept' })).toMatchObject({ status: 200 });
  };

  it('starts again with what it had when its command was killed', async () => {
    await action(portal, 'organization_create', { name: 'kept' });
    portal.process.kill('SIGKILL');
    await startAgain();
  });

  it('starts again with what it had when it was killed itself', async () => {
    const { pid } = JSON.parse(readFileSync(path.join(portal.data, 'portal.json'), 'utf8')) as {
      pid: number;
    };
    process.kill(pid, 'SIGKILL');
    await startAgain();
  });

  it('says so, ends with an error and starts again with what it had when its database was killed', async () => {
    const server = Number(
      readFileSync(path.join(portal.data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    const ended = new Promise((resolve) => portal.process.once('close', resolve));
    process.kill(server, 'SIGKILL');
    expect(await ended).toBe(1);
    expect(portal.output()).toContain('The database server ended by itself');
    await startAgain();
  });

  it('is emptied only where that is allowed', async () => {
    const refused = await run(['--data', portal.data, 'reset', '--yes']);
    expect([refused.code, refused.output]).toEqual([4, expect.stringContaining('Refused')]);
  });

  it('leaves no process behind, nor has any that was killed', async () => {
    await portal.end('SIGTERM');
    expect(processesOf(portal.data)).toEqual([]);
  });
});
