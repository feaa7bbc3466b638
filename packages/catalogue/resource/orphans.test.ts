import { PortolanError } from '@portolan/kernel';
import { expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { Upload } from '../action/upload.ts';
import { orphanedFiles, removeOrphan } from './orphans.ts';

const hour = 3_600_000;

async function stage(test: TestSite, text: string) {
  return test.site.files.stage(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
}

async function store(test: TestSite, key: string): Promise<void> {
  await (await stage(test, key)).promote(key, { contentType: 'text/plain' });
}

const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');

it('files that no row names are found once they are old, and nothing else is', async () => {
  const test = await testSite();
  await test.must('organization_create', { name: 'tea' });
  const { id } = (await test.must('package_create', {
    name: 'filed',
    owner_org: 'tea',
    resources: [{ upload: new Upload('kept.csv', 'text/csv', await stage(test, 'a,b')) }],
  })) as { id: string };
  const picture = await test.site.files.stage(
    (async function* () {
      yield png;
    })(),
  );
  await test.must('group_create', {
    name: 'pictured',
    image_upload: new Upload('g.png', 'image/png', picture),
  });
  const orphans = [
    `resources/${id}/0f2f1a3c-aaaa-4bbb-8ccc-0123456789ab/left.csv`,
    'storage/uploads/user/2031-05-06-070809.123000left.png',
  ];
  // What an adopted portal's CKAN stored, and what an operator put beside it.
  const foreign = ['resources/abc/def/01-2345', 'storage/uploads/group/readme.txt', 'resources/notes.txt'];
  for (const key of [...orphans, ...foreign]) await store(test, key);

  // Files bear the time of the disk, which is not the portal's.
  const found = async (olderThan: number) => {
    const files = [];
    for await (const file of orphanedFiles(test.site, new Date(olderThan))) files.push(file);
    return files;
  };
  expect((await found(Date.now() + hour)).map(({ key }) => key).sort()).toEqual(orphans);
  expect(await found(Date.now() - hour)).toEqual([]);

  for (const file of await found(Date.now() + hour)) await removeOrphan(test.site, file);
  expect(await found(Date.now() + hour)).toEqual([]);
  for (const key of foreign) expect(await test.site.files.stat(key)).toBeDefined();
});

it('nothing is removed in read-only mode', async () => {
  const test = await testSite();
  const orphan = { key: 'resources/notes-1/notes-2/left.csv', size: 1, lastModified: new Date() };
  await store(test, orphan.key);
  const closed = { ...test.site, gate: { ...test.site.gate, closed: true } };
  await expect(removeOrphan(closed, orphan)).rejects.toThrow(PortolanError);
  expect(await test.site.files.stat(orphan.key)).toBeDefined();
});
