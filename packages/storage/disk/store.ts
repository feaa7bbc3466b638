import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Runtime, systemRuntime } from '@portolan/kernel';
import { RangeNotSatisfiable } from '../errors.ts';
import { checkKey, hiddenFolder } from '../key.rules.ts';
import { meter } from '../meter.ts';
import { resolveRange } from '../range.rules.ts';
import type { ObjectInfo, ObjectStore, PromoteOptions, Staged, StageOptions } from '../store.ts';
import { fileMode, isMissing, makeFolder, pruneFolders, syncFolder } from './files.ts';
import { sweepFolder } from './sweep.ts';
import { diskTypes } from './types.ts';
import { walk } from './walk.ts';

/**
 * Files below one folder, `ckan.storage_path`, where CKAN's own layout can be read as well: a key is a path.
 * Uploads are staged inside the folder, so that giving them their key is a rename on one file system.
 */
export function diskStore(folder: string, runtime: Pick<Runtime, 'id'> = systemRuntime): ObjectStore {
  const root = path.resolve(folder);
  const staging = path.join(root, hiddenFolder, 'staging');
  const types = diskTypes(path.join(root, hiddenFolder, 'types'));
  const place = (key: string) => path.join(root, checkKey(key));

  async function stage(stream: AsyncIterable<Uint8Array>, options: StageOptions = {}): Promise<Staged> {
    await makeFolder(staging);
    const part = path.join(staging, runtime.id());
    const metered = meter(stream, options);
    // The file is there before anything can break: a stream that opens it itself may create it after the removal below.
    const file = (await open(part, 'wx', fileMode)).createWriteStream({ flush: true });
    const closed = new Promise<void>((resolve) => file.once('close', () => resolve()));
    try {
      await pipeline(metered.stream, file);
    } catch (error) {
      await closed;
      await rm(part, { force: true });
      throw error;
    }
    let promoted = false;
    return {
      ...metered.result(),
      async promote(key, { contentType }: PromoteOptions) {
        const target = place(key);
        await types.remember(key, contentType);
        await moveInto(part, target);
        promoted = true;
      },
      async discard() {
        if (!promoted) await rm(part, { force: true });
      },
    };
  }

  async function moveInto(part: string, target: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await makeFolder(path.dirname(target));
        await rename(part, target);
        break;
      } catch (error) {
        // Someone who removed the last file of the folder may have taken the folder away in between.
        if (!isMissing(error) || attempt === 5) throw error;
      }
    }
    await syncFolder(path.dirname(target));
  }

  async function openFile(key: string) {
    const handle = await open(place(key), 'r').catch((error) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (!handle) return undefined;
    try {
      const found = await handle.stat({ bigint: true });
      if (found.isFile()) {
        const info: ObjectInfo = {
          key,
          size: Number(found.size),
          etag: `"${found.ino.toString(36)}-${found.mtimeNs.toString(36)}-${found.size.toString(36)}"`,
          lastModified: found.mtime,
          contentType: await types.of(key),
        };
        return { handle, info };
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }

  return {
    stage,
    async get(key, { range } = {}) {
      const found = await openFile(key);
      if (!found) return undefined;
      const { handle, info } = found;
      const part = range && resolveRange(range, info.size);
      if (range && !part) {
        await handle.close();
        throw new RangeNotSatisfiable(info.size);
      }
      return { ...info, part, stream: handle.createReadStream({ ...part, highWaterMark: 1 << 18 }) };
    },
    async stat(key) {
      const found = await openFile(key);
      await found?.handle.close();
      return found?.info;
    },
    async remove(key) {
      const file = place(key);
      await rm(file, { force: true }).catch((error) => {
        if (!isMissing(error)) throw error;
      });
      await types.forget(key);
      await pruneFolders(path.dirname(file), root);
    },
    list: (prefix) => walk(root, prefix),
    sweep: (olderThan) => sweepFolder(staging, olderThan),
  };
}
