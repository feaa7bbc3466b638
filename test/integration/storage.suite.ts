import { createHash, randomBytes } from 'node:crypto';
import { buffer, text as textOf } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type ObjectStore, RangeNotSatisfiable, type Staged, UploadTooLarge } from '@portolan/storage';
import { beforeAll, describe, expect, test } from 'vitest';

export interface StoreUnderTest {
  store: ObjectStore;
  /** Everything the store holds that is no visible object: staged files, parts of uploads. */
  leftovers(): Promise<string[]>;
  /** Begins an upload in another process and kills it in the middle. */
  killUploader(): Promise<void>;
}

const mebibyte = 2 ** 20;
const plain = { contentType: 'text/plain' };

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

/** `count` mebibytes that no two runs share, without ever being whole in memory. */
async function* megabytes(count: number, hash = createHash('sha256')): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    const chunk = randomBytes(mebibyte);
    hash.update(chunk);
    yield chunk;
  }
}

async function text(store: ObjectStore, key: string): Promise<string | undefined> {
  const found = await store.get(key);
  return found && (await textOf(found.stream));
}

async function keys(store: ObjectStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found.sort();
}

/** What every object store has to do, whatever holds the bytes. */
export function storeSuite(open: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest;
  let store: ObjectStore;
  beforeAll(async () => {
    under = await open();
    store = under.store;
  });

  async function put(key: string, content: string | Uint8Array, options: { contentType: string } = plain) {
    const staged = await store.stage(chunks(content));
    await staged.promote(key, options);
    return staged;
  }

  describe('an upload', () => {
    test('shows its first 4096 bytes, however they arrive', async () => {
      const content = randomBytes(9000);
      const parts = [content.subarray(0, 7), content.subarray(7, 5000), content.subarray(5000)];
      const staged = await store.stage(chunks(...parts));
      expect(Buffer.from(staged.head)).toEqual(content.subarray(0, 4096));
      await staged.discard();
    });

    test('is read back with its size, type and tag', async () => {
      const staged = await put('a/hello.txt', 'hello');
      expect(staged).toMatchObject({
        size: 5,
        sha256: createHash('sha256').update('hello').digest('hex'),
      });
      expect(Buffer.from(staged.head)).toEqual(Buffer.from('hello'));
      const found = await store.get('a/hello.txt');
      expect(await buffer(found!.stream)).toEqual(Buffer.from('hello'));
      expect(found).toMatchObject({
        key: 'a/hello.txt',
        size: 5,
        contentType: 'text/plain',
        part: undefined,
      });
      expect(found!.etag).toMatch(/^".+"$/);
      expect(Math.abs(found!.lastModified.getTime() - Date.now())).toBeLessThan(60_000);
      const { stream: _, part: __, ...info } = found!;
      expect(await store.stat('a/hello.txt')).toEqual(info);
    });

    test('is seen by nobody before it has its key', async () => {
      const staged = await store.stage(chunks('secret'));
      expect(await keys(store, '')).not.toContainEqual(expect.stringContaining('staging'));
      expect(await store.stat('staged/x')).toBeUndefined();
      await staged.promote('staged/x', plain);
      expect(await text(store, 'staged/x')).toBe('secret');
    });

    test('leaves nothing but its object', async () => {
      await put('a/clean.txt', 'x');
      expect(await under.leftovers()).toEqual([]);
    });

    test('may be empty', async () => {
      await put('a/empty', '');
      expect(await store.stat('a/empty')).toMatchObject({ size: 0 });
      expect(await text(store, 'a/empty')).toBe('');
    });

    test('keeps a type that its name does not tell', async () => {
      await put('a/noext', 'x', { contentType: 'my/type' });
      expect(await store.stat('a/noext')).toMatchObject({ contentType: 'my/type' });
    });

    test('replaces the object behind its key and its type, and the tag changes', async () => {
      await put('a/twice', 'one', { contentType: 'my/type' });
      const before = await store.stat('a/twice');
      await put('a/twice', 'two', { contentType: 'application/octet-stream' });
      const after = await store.stat('a/twice');
      expect(after).toMatchObject({ contentType: 'application/octet-stream' });
      expect(after!.etag).not.toBe(before!.etag);
      expect(await text(store, 'a/twice')).toBe('two');
    });

    test('keeps names with spaces, accents, plus and percent signs', async () => {
      const key = 'names/a b+c%20d é表.csv';
      await put(key, 'x', { contentType: 'text/csv' });
      expect(await text(store, key)).toBe('x');
      expect(await keys(store, 'names/')).toEqual([key]);
    });

    test('can be given up, and is then gone', async () => {
      const staged = await store.stage(chunks('x'));
      await staged.discard();
      await staged.discard();
      expect(await under.leftovers()).toEqual([]);
    });

    test('that has its key is not lost by giving it up afterwards', async () => {
      const staged = await put('a/kept.txt', 'kept');
      await staged.discard();
      expect(await text(store, 'a/kept.txt')).toBe('kept');
    });

    test('of many megabytes arrives whole without being in memory', async () => {
      const hash = createHash('sha256');
      const before = process.memoryUsage().rss;
      let peak = before;
      async function* watched() {
        for await (const chunk of megabytes(200, hash)) {
          peak = Math.max(peak, process.memoryUsage().rss);
          yield chunk;
        }
      }
      const staged = await store.stage(watched());
      expect(staged.size).toBe(200 * mebibyte);
      const expected = hash.digest('hex');
      expect(staged.sha256).toBe(expected);
      await staged.promote('big/file.bin', { contentType: 'application/octet-stream' });
      const found = await store.get('big/file.bin');
      const read = createHash('sha256');
      for await (const chunk of found!.stream) read.update(chunk);
      expect(read.digest('hex')).toBe(expected);
      expect((peak - before) / mebibyte).toBeLessThan(150);
      await store.remove('big/file.bin');
    }, 120_000);

    test('is refused for a key that leads elsewhere, and stays staged', async () => {
      const staged = await store.stage(chunks('x'));
      for (const key of ['../x', '/x', 'a/../../x', 'a\0', '', '.portolan/staging/x'])
        await expect(staged.promote(key, plain)).rejects.toMatchObject({
          code: 'validation',
          fields: { upload: ['Invalid storage path'] },
        });
      await staged.promote('a/second-try', plain);
      expect(await text(store, 'a/second-try')).toBe('x');
    });
  });

  describe('an upload with a limit', () => {
    test('of exactly that size is accepted', async () => {
      const staged = await store.stage(megabytes(10), { limit: 10 * mebibyte });
      expect(staged.size).toBe(10 * mebibyte);
      await staged.discard();
    });

    test.each([
      ['a small file', () => chunks('123456'), 5],
      ['a file of many parts', () => megabytes(30), 20 * mebibyte],
    ])('is refused one byte over it, and nothing stays: %s', async (_, content, limit) => {
      const error = await store.stage(content(), { limit }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(UploadTooLarge);
      expect(error).toMatchObject({ code: 'validation', fields: { upload: ['File upload too large'] } });
      expect(await under.leftovers()).toEqual([]);
    });

    test('is not read to its end when it is too large', async () => {
      let read = 0;
      async function* endless() {
        for (; read < 1000; read++) yield new Uint8Array(mebibyte);
      }
      await expect(store.stage(endless(), { limit: mebibyte })).rejects.toThrow(UploadTooLarge);
      expect(read).toBeLessThan(20);
    });
  });

  describe('a broken upload', () => {
    async function* breaksAfter(count: number) {
      yield* megabytes(count);
      throw new Error('the sender is gone');
    }

    test.each([0, 1, 20])('leaves nothing when it breaks after %i megabytes', async (count) => {
      await expect(store.stage(breaksAfter(count))).rejects.toThrow('the sender is gone');
      expect(await under.leftovers()).toEqual([]);
    });

    test('that stalls ends with its signal and leaves nothing', async () => {
      const abort = new AbortController();
      async function* stalls() {
        yield* megabytes(20);
        setImmediate(() => abort.abort(new Error('enough')));
        await delay(60_000, undefined, { ref: false });
      }
      await expect(store.stage(stalls(), { signal: abort.signal })).rejects.toThrow();
      expect(await under.leftovers()).toEqual([]);
    });

    test('of a killed process is invisible, and is swept when it is old enough', async () => {
      const before = await keys(store, '');
      await under.killUploader();
      expect(await keys(store, '')).toEqual(before);
      expect(await under.leftovers()).not.toEqual([]);
      expect(await store.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
      expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(1);
      expect(await under.leftovers()).toEqual([]);
      expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(0);
    });
  });

  describe('a range', () => {
    beforeAll(() => put('range/ten', '0123456789'));

    test.each([
      [{ start: 0, end: 3 }, '0123', { start: 0, end: 3 }],
      [{ start: 4 }, '456789', { start: 4, end: 9 }],
      [{ start: 8, end: 100 }, '89', { start: 8, end: 9 }],
      [{ suffix: 2 }, '89', { start: 8, end: 9 }],
      [{ suffix: 100 }, '0123456789', { start: 0, end: 9 }],
      [{ start: 0, end: 0 }, '0', { start: 0, end: 0 }],
    ])('%j gives %j', async (range, expected, part) => {
      const found = await store.get('range/ten', { range });
      expect(await textOf(found!.stream)).toBe(expected);
      expect(found).toMatchObject({ size: 10, part });
    });

    test('behind the end is refused with the size', async () => {
      const error = await store.get('range/ten', { range: { start: 10 } }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(RangeNotSatisfiable);
      expect(error).toMatchObject({ size: 10 });
    });

    test('of nothing is nothing', async () => {
      expect(await store.get('range/none', { range: { start: 0 } })).toBeUndefined();
    });
  });

  describe('reading', () => {
    test('what is not there gives undefined', async () => {
      expect(await store.get('no/such')).toBeUndefined();
      expect(await store.stat('no/such')).toBeUndefined();
    });

    test('a folder of objects is no object', async () => {
      await put('folder/below/x', 'x');
      expect(await store.get('folder/below')).toBeUndefined();
      expect(await store.stat('folder')).toBeUndefined();
    });

    test('goes on to the end of the old object while it is replaced', async () => {
      await put('a/reading', 'old'.repeat(mebibyte));
      const found = await store.get('a/reading');
      await put('a/reading', 'new');
      let size = 0;
      for await (const chunk of found!.stream) size += (chunk as Buffer).length;
      expect(size).toBe(3 * mebibyte);
    });

    test.each(['../x', '/etc/passwd', 'a\0b'])('a key that leads elsewhere is refused: %j', async (key) => {
      const refused = { code: 'validation', fields: { upload: ['Invalid storage path'] } };
      await expect(store.get(key)).rejects.toMatchObject(refused);
      await expect(store.stat(key)).rejects.toMatchObject(refused);
      await expect(store.remove(key)).rejects.toMatchObject(refused);
    });
  });

  describe('removing', () => {
    test('takes the object away, twice without an error', async () => {
      await put('gone/x', 'x', { contentType: 'my/type' });
      await store.remove('gone/x');
      await store.remove('gone/x');
      expect(await store.get('gone/x')).toBeUndefined();
      expect(await keys(store, 'gone')).toEqual([]);
    });

    test('leaves the neighbours', async () => {
      await put('near/a/1', 'x');
      await put('near/a/2', 'x');
      await store.remove('near/a/1');
      expect(await keys(store, 'near/')).toEqual(['near/a/2']);
    });

    test('beside an upload into the same folder loses nothing', async () => {
      for (let round = 0; round < 20; round++) {
        await put('race/a/b/old', 'x');
        const staged = await store.stage(chunks('y'));
        await Promise.all([store.remove('race/a/b/old'), staged.promote('race/a/b/new', plain)]);
        expect(await keys(store, 'race/')).toEqual(['race/a/b/new']);
        await store.remove('race/a/b/new');
      }
    });
  });

  test('a list holds every object whose key starts with the prefix', async () => {
    for (const key of ['list/a', 'list/b/c', 'list/b/d/e', 'list/bc', 'other/a']) await put(key, key);
    expect(await keys(store, 'list/')).toEqual(['list/a', 'list/b/c', 'list/b/d/e', 'list/bc']);
    expect(await keys(store, 'list/b')).toEqual(['list/b/c', 'list/b/d/e', 'list/bc']);
    expect(await keys(store, 'list/b/')).toEqual(['list/b/c', 'list/b/d/e']);
    expect(await keys(store, 'nothing/')).toEqual([]);
    for await (const found of store.list('list/b/c'))
      expect(found).toEqual({ key: 'list/b/c', size: 8, lastModified: expect.any(Date) });
  });

  test('uploads at once under one key leave one of them whole', async () => {
    const staged: Staged[] = await Promise.all(
      Array.from({ length: 8 }, (_, i) => store.stage(chunks(String(i).repeat(1000)))),
    );
    await Promise.all(staged.map((one) => one.promote('a/contended', plain)));
    expect(await text(store, 'a/contended')).toMatch(/^(\d)\1{999}$/);
    expect(await under.leftovers()).toEqual([]);
  });
}
