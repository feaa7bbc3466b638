import { mkdir, open, rmdir } from 'node:fs/promises';
import path from 'node:path';

export const fileMode = 0o640;
export const folderMode = 0o750;

export const isMissing = (error: unknown) =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

export const makeFolder = (folder: string) => mkdir(folder, { recursive: true, mode: folderMode });

/** Makes names in a folder survive a power cut: a rename is only as durable as its folder. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes folders that have become empty, from `folder` up to but not including `root`. */
export async function pruneFolders(folder: string, root: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root + path.sep); at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      // Not empty, or someone else was faster: either way there is nothing left to tidy here.
      if (isMissing(error)) continue;
      return;
    }
  }
}
