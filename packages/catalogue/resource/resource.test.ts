import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Call, User } from '../action/call.ts';
import { Upload } from '../action/upload.ts';
import { openDownload } from './download.ts';

interface Resource extends Record<string, unknown> {
  id: string;
  url: string;
}

let test: TestSite;
let editor: User;
let dataset: string;

beforeAll(async () => {
  test = await testSite({ CKAN__MAX_RESOURCE_SIZE: '1' });
  editor = await test.account('editor');
  await test.must('organization_create', { name: 'rivers', users: [{ name: 'editor', capacity: 'editor' }] });
  const made = (await test.must('package_create', { name: 'levels', owner_org: 'rivers' }, editor)) as {
    id: string;
  };
  dataset = made.id;
});

async function file(name: string, content: string): Promise<Upload> {
  const staged = await test.site.files.stage(Readable.from([Buffer.from(content)]));
  return new Upload(name, 'text/plain', staged);
}
const add = async (fields: Record<string, unknown>) =>
  (await test.must('resource_create', { package_id: dataset, ...fields }, editor)) as Resource;
const callOf = (user: User | undefined): Call => ({
  site: test.site,
  sql: test.site.db,
  user,
  ignoreAuth: false,
  logger: test.site.logger,
  localePrefix: '',
});
async function storedKeys(id: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of test.site.files.list(`resources/${id}/`)) keys.push(key);
  return keys;
}
async function read(key: string): Promise<string> {
  const found = await test.site.files.get(key);
  return found ? text(found.stream) : '';
}

describe('an uploaded file', () => {
  it('is stored with the resource and found under the name it was given', async () => {
    const resource = await add({ upload: await file('Ünï Cöde (1).TXT', 'hello') });
    expect(resource).toMatchObject({ format: 'TXT', mimetype: 'text/plain', size: 5, url_type: 'upload' });
    expect(resource.url).toMatch(
      new RegExp(`/dataset/${dataset}/resource/${resource.id}/download/uni-code-1.txt$`),
    );
    const download = await openDownload(callOf(undefined), 'levels', resource.id, 'any.txt');
    expect(download).toMatchObject({ filename: 'any.txt', contentType: 'text/plain' });
    expect(await read((download as { key: string }).key)).toBe('hello');
  });

  it('takes the place of the one before, which goes away', async () => {
    const { id } = await add({ upload: await file('one.txt', 'one') });
    const [first] = await storedKeys(id);
    await test.must('resource_patch', { id, upload: await file('two.txt', 'two') }, editor);
    const keys = await storedKeys(id);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toBe(first);
    expect(await read(keys[0]!)).toBe('two');
  });

  it('stays when the resource is patched or sent back as it was read', async () => {
    const before = await add({ upload: await file('kept.txt', 'kept') });
    await test.must('resource_patch', { id: before.id, name: 'named' }, editor);
    const shown = (await test.must('resource_show', { id: before.id })) as Resource;
    const after = (await test.must('resource_update', shown, editor)) as Resource;
    expect(after).toMatchObject({ url: before.url, url_type: 'upload', size: 4 });
    expect(await storedKeys(before.id)).toHaveLength(1);
  });

  it('goes away when the upload is cleared', async () => {
    const { id } = await add({ upload: await file('cleared.txt', 'x') });
    const link = { id, clear_upload: true, url: 'http://x.example/y' };
    expect(await test.must('resource_patch', link, editor)).toMatchObject({ url: link.url, url_type: '' });
    expect(await storedKeys(id)).toEqual([]);
    expect(await openDownload(callOf(undefined), dataset, id)).toEqual({ redirect: link.url });
  });

  it('leaves nothing behind when the write is refused after it', async () => {
    const { id } = await add({ upload: await file('safe.txt', 'safe') });
    const before = await storedKeys(id);
    const refused = await test.call('resource_patch', editor, {
      id,
      size: 'x',
      created: 'never',
      upload: await file('bad.txt', 'bad'),
    });
    expect(refused).toEqual({ error: { created: ['Date format incorrect'] }, status: 409 });
    expect(await storedKeys(id)).toEqual(before);
  });

  it('is removed again when the transaction fails after it was kept', async () => {
    const { id } = await add({ upload: await file('first.txt', 'first') });
    await test.site.db.rows(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused at the commit'; END $$`);
    await test.site.db.rows(`CREATE CONSTRAINT TRIGGER fail_late AFTER UPDATE ON resource
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`);
    const before = await storedKeys(id);
    const failed = test.must('resource_patch', { id, upload: await file('late.txt', 'late') }, editor);
    await expect(failed).rejects.toThrow('refused at the commit');
    await test.site.db.rows('DROP TRIGGER fail_late ON resource');
    expect(await storedKeys(id)).toEqual(before);
    expect(await read(before[0]!)).toBe('first');
  });

  it('is refused beyond the limit, one byte less is not', async () => {
    const most = 2 ** 20;
    expect(await add({ upload: await file('most.bin', 'x'.repeat(most)) })).toMatchObject({ size: most });
    expect(
      await test.call('resource_create', editor, {
        package_id: dataset,
        upload: await file('more.bin', 'x'.repeat(most + 1)),
      }),
    ).toEqual({ error: { upload: ['File upload too large'] }, status: 409 });
  });

  it('comes with package_revise for a resource of the same request', async () => {
    const { package: revised } = (await test.must(
      'package_revise',
      {
        match__id: dataset,
        update__resources__extend: '[{"name": "with file"}]',
        'update__resources__-1__upload': await file('r.txt', 'revised'),
      },
      editor,
    )) as { package: { resources: Resource[] } };
    expect(revised.resources.at(-1)).toMatchObject({ name: 'with file', url_type: 'upload', size: 7 });
  });
});

describe('a download', () => {
  it.each([
    ['of an unknown resource', 'levels', 'none'],
    ['through an unknown dataset', 'nowhere', ''],
  ])('%s is not found', async (_what, reference, id) => {
    const resource = await add({ url: 'http://x.example/a' });
    const failed = openDownload(callOf(undefined), reference, id || resource.id);
    await expect(failed).rejects.toMatchObject({
      status: 404,
      publicMessage: 'Not found: Resource not found',
    });
  });

  it('through another dataset is for those who may read both', async () => {
    const resource = await add({ url: 'http://x.example/a' });
    const hidden = { name: 'hidden', owner_org: 'rivers', private: true };
    await test.must('package_create', hidden, editor);
    await test.must('package_create', { name: 'other', owner_org: 'rivers' }, editor);
    const redirect = { redirect: 'http://x.example/a' };
    expect(await openDownload(callOf(undefined), 'other', resource.id)).toEqual(redirect);
    expect(await openDownload(callOf(editor), 'hidden', resource.id)).toEqual(redirect);
    await expect(openDownload(callOf(undefined), 'hidden', resource.id)).rejects.toMatchObject({
      status: 403,
    });
  });

  it('of a private dataset is for those who may read it', async () => {
    const made = (await test.must(
      'package_create',
      { name: 'secret', owner_org: 'rivers', private: true, resources: [{ url: 'http://x.example/s' }] },
      editor,
    )) as { resources: Resource[] };
    const { id } = made.resources[0]!;
    expect(await openDownload(callOf(editor), 'secret', id)).toEqual({ redirect: 'http://x.example/s' });
    await expect(openDownload(callOf(undefined), 'secret', id)).rejects.toMatchObject({ status: 403 });
  });
});

describe('a resource', () => {
  it('that is deleted is gone for readers, and deleting it again succeeds', async () => {
    const { id } = await add({ url: 'http://x.example/gone' });
    expect(await test.must('resource_delete', { id }, editor)).toBe(null);
    expect(await test.must('resource_delete', { id }, editor)).toBe(null);
    expect(await test.call('resource_show', test.admin, { id })).toEqual({
      error: { message: 'Not found' },
      status: 404,
    });
  });

  it('tells its own errors at the top, and the dataset’s as they are', async () => {
    const { id } = await add({ url: 'http://x.example/e' });
    expect(await test.call('resource_patch', editor, { id, size: 'x' })).toEqual({
      error: { size: ['Invalid integer'] },
      status: 409,
    });
    await test.site.db.rows(`UPDATE package SET version = NULL, author_email = 'wrong' WHERE id = $1`, [
      dataset,
    ]);
    expect(await test.call('resource_patch', editor, { id, name: 'n' })).toEqual({
      error: { author_email: ['Email wrong is not a valid format'] },
      status: 409,
    });
    await test.site.db.rows('UPDATE package SET author_email = NULL WHERE id = $1', [dataset]);
  });
});

describe('views', () => {
  it('are made for a resource that they fit, when it is new and when its format changes', async () => {
    const { id } = await add({ url: 'http://x.example/p', format: 'png' });
    const plain = await add({ url: 'http://x.example/q' });
    const types = async (of: string) =>
      ((await test.must('resource_view_list', { id: of })) as { view_type: string }[]).map(
        (view) => view.view_type,
      );
    expect(await types(id)).toEqual(['image_view']);
    expect(await types(plain.id)).toEqual([]);
    await test.must('resource_patch', { id: plain.id, format: 'gif' }, editor);
    expect(await types(plain.id)).toEqual(['image_view']);
  });

  it('that two make at once get places of their own', async () => {
    const { id } = await add({ url: 'http://x.example/v' });
    await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        test.must(
          'resource_view_create',
          { resource_id: id, view_type: 'text_view', title: `v${i}` },
          editor,
        ),
      ),
    );
    const rows = await test.site.db.rows<{ order: number }>(
      'SELECT "order" FROM resource_view WHERE resource_id = $1 ORDER BY "order"',
      [id],
    );
    expect(rows.map((row) => row.order)).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [{}, { resource_id: ['Missing value'] }],
    [{ view_type: 'none', title: 'T' }, { resource_id: ['Missing value'] }],
    [{ resource_id: 'x' }, { view_type: ['Missing value'] }],
    [{ resource_id: '', view_type: 'none', title: 'T' }, { view_type: 'No plugin found for view_type none' }],
    [
      { resource_id: '', view_type: 'text_view' },
      { resource_id: ['Missing value'], title: ['Missing value'] },
    ],
    [{ view_type: 'text_view', title: 'T', resource_id: 'none' }, { resource_id: ['Not found: Resource'] }],
  ])('%j is refused', async (params, error) => {
    expect(await test.call('resource_view_create', editor, params)).toEqual({ error, status: 409 });
  });
});
