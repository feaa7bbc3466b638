import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { newName, newOrganization, newWord, succeed } from './client.ts';
import { emptyFolder, removeFolder, run } from './portal.ts';

const data = inject('data');
const folder = emptyFolder('portolan-import-');
afterAll(() => removeFolder(folder));

describe.skipIf(!data)('portolan import', () => {
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
});
