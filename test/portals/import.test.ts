import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { type Envelope, newName, newOrganization, newWord, send, succeed } from '../acceptance/client.ts';
import { emptyFolder, removeFolder, run, startPortal } from '../acceptance/portal.ts';

const data = inject('data');
const folder = emptyFolder('portolan-import-');
afterAll(() => removeFolder(folder));

describe('portolan import', () => {
  it('makes datasets of JSON lines, says what it refuses, and changes nothing when it is run again', async () => {
    const owner_org = await newOrganization();
    const word = newWord();
    const names = [newName('a'), newName('b')];
    const rejects = path.join(folder, 'rejects.jsonl');
    const file = path.join(folder, 'datasets.jsonl.gz');
    const lines = [
      ...names.map((name) => ({ name, title: word, owner_org })),
      { name: 'Not Good', owner_org },
    ];
    writeFileSync(file, gzipSync(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"half\n`));
    const load = () => run(['--data', data, 'import', 'datasets', file, '--rejects', rejects, '--json']);
    const first = await load();
    expect(first.code).toBe(1);
    expect(JSON.parse(first.standard)).toMatchObject({ created: 2, unchanged: 0, rejected: 2 });
    expect(JSON.parse((await load()).standard)).toMatchObject({ created: 0, unchanged: 2, rejected: 2 });
    const found = await succeed('package_search', { q: word, sort: 'name asc' });
    expect(found.results.map(({ name }: { name: string }) => name)).toEqual(names.sort());
  });

  it('copies another portal with its files, and verifies it', async () => {
    const parent = await newOrganization();
    const owner_org = newName('below');
    await succeed('organization_create', { name: owner_org, groups: [{ name: parent }] });
    const name = newName('copied');
    await succeed('package_create', {
      name,
      title: 'Größe',
      owner_org,
      private: true,
      tags: [{ name: 'tea' }],
    });
    const form = new FormData();
    form.set('package_id', name);
    form.set('upload', new Blob(['kind,kg\ngreen,12\n'], { type: 'text/csv' }), 'leaves.csv');
    const headers = { authorization: inject('token') };
    await send('/api/3/action/resource_create', { method: 'POST', headers, body: form });
    const portal = await startPortal();
    try {
      const report = path.join(folder, 'report.json');
      const copy = () =>
        run([
          '--data',
          portal.data,
          'import',
          '--from',
          inject('url'),
          '--token',
          inject('token'),
          '--report',
          report,
        ]);
      await copy();
      const { verified, refused } = JSON.parse(readFileSync(report, 'utf8'));
      expect(verified.missing).not.toContain(name);
      expect(verified.different.map((one: { name: string }) => one.name)).not.toContain(name);
      expect(refused.map((one: { name: string }) => one.name)).not.toContain(owner_org);
      const there = (path_: string) =>
        fetch(portal.url + path_, { headers: { authorization: portal.token } });
      const shown = (await (await there(`/api/3/action/package_show?id=${name}`)).json()) as Envelope;
      const { result } = shown;
      expect(result).toMatchObject({ title: 'Größe', private: true, organization: { name: owner_org } });
      const file = await fetch(result.resources[0].url, { headers: { authorization: portal.token } });
      expect(await file.text()).toBe('kind,kg\ngreen,12\n');
      await copy();
      expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
        datasets: { created: 0, updated: 0 },
        files: { copied: 0 },
      });
    } finally {
      await portal.end('SIGTERM');
      removeFolder(portal.data);
    }
  }, 120_000);
});
