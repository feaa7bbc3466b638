import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { hiddenFolder } from '../key.rules.ts';
import type { ListedObject } from '../store.ts';
import { isMissing } from './files.ts';

/** The files below `root` whose key starts with `prefix`; one folder handle a level, no folder in memory. */
export async function* walk(root: string, prefix: string): AsyncGenerator<ListedObject> {
  const top = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (top.split('/').includes('..')) return;
  yield* walkFolder(root, top, prefix);
}

async function* walkFolder(root: string, folder: string, prefix: string): AsyncGenerator<ListedObject> {
  for await (const entry of entries(path.join(root, folder))) {
    const key = folder + entry.name;
    if (key === hiddenFolder) continue;
    if (entry.isDirectory()) {
      const below = `${key}/`;
      if (below.startsWith(prefix) || prefix.startsWith(below)) yield* walkFolder(root, below, prefix);
    } else if (key.startsWith(prefix)) {
      const found = await fileAt(path.join(root, key));
      if (found) yield { key, size: found.size, lastModified: found.mtime };
    }
  }
}

async function* entries(folder: string) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Undefined for what was removed since it was listed, and for what is no file. */
async function fileAt(file: string) {
  try {
    const found = await stat(file);
    return found.isFile() ? found : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
