import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ckanResourceKey, diskStore, imageKey } from '@portolan/storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeSuite } from './storage.suite.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portolan-storage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function leftovers(): Promise<string[]> {
  return await readdir(path.join(folder, '.portolan/staging')).catch(() => []);
}

const uploader = path.join(import.meta.dirname, 'storage.uploader.ts');

describe('the store on disk', () => {
  storeSuite(async () => ({
    store: diskStore(folder),
    leftovers,
    async killUploader() {
      const child = spawn(process.execPath, [uploader, JSON.stringify({ folder })], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  }));

  test('makes files for owner and group only', async () => {
    const store = diskStore(folder);
    const staged = await store.stage((async function* () {})());
    await staged.promote('modes/a', { contentType: 'my/type' });
    const mode = async (name: string) => ((await stat(path.join(folder, name))).mode & 0o777).toString(8);
    expect(await mode('modes/a')).toBe('640');
    expect(await mode('modes')).toBe('750');
    expect(await mode('.portolan/types/modes/a')).toBe('640');
  });

  test('leaves no empty folders and no types behind', async () => {
    const store = diskStore(folder);
    const staged = await store.stage((async function* () {})());
    await staged.promote('deep/er/still/x', { contentType: 'my/type' });
    await store.remove('deep/er/still/x');
    expect(await readdir(folder)).not.toContain('deep');
    expect(await readdir(path.join(folder, '.portolan/types'))).not.toContain('deep');
  });

  test('reads what CKAN’s own uploader wrote', async () => {
    const id = '3f2c1a70-0000-4000-8000-000000000001';
    await mkdir(path.join(folder, 'resources/3f2/c1a'), { recursive: true });
    await writeFile(path.join(folder, 'resources/3f2/c1a/70-0000-4000-8000-000000000001'), 'a,b\n');
    await mkdir(path.join(folder, 'storage/uploads/group'), { recursive: true });
    await writeFile(path.join(folder, 'storage/uploads/group/logo.png'), 'png');
    const store = diskStore(folder);
    expect(await store.stat(ckanResourceKey(id))).toMatchObject({
      size: 4,
      contentType: 'application/octet-stream',
    });
    expect(await store.stat(imageKey('group', 'logo.png'))).toMatchObject({
      size: 3,
      contentType: 'image/png',
    });
  });
});

const small = path.join(tmpdir(), `portolan-small-${process.pid}`);

function mountSmallDisk(): boolean {
  try {
    execFileSync('mkdir', ['-p', small]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    // Only root may mount; elsewhere this test says that it was skipped.
    return false;
  }
}

const mounted = mountSmallDisk();

describe.skipIf(!mounted)('a full disk (needs the right to mount a tmpfs)', () => {
  afterAll(() => {
    execFileSync('umount', [small]);
    execFileSync('rmdir', [small]);
  });

  test('fails the upload, and the space is free again', async () => {
    const store = diskStore(small);
    async function* large() {
      for (let i = 0; i < 4; i++) yield new Uint8Array(2 ** 19);
    }
    await expect(store.stage(large())).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readdir(path.join(small, '.portolan/staging'))).toEqual([]);
    const staged = await store.stage(
      (async function* () {
        yield new Uint8Array(2 ** 19);
      })(),
    );
    await staged.promote('fits', { contentType: 'application/octet-stream' });
    expect(await store.stat('fits')).toMatchObject({ size: 2 ** 19 });
  });
});
