import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { guessMediaType } from '../media_type.rules.ts';
import { fileMode, isMissing, makeFolder, pruneFolders } from './files.ts';

export const unknownType = 'application/octet-stream';

/**
 * Media types of files on disk. The name's extension tells it nearly always; only where it does not, the type
 * is kept in a small file of its own below `folder`, under the same key.
 */
export function diskTypes(folder: string) {
  const place = (key: string) => path.join(folder, key);
  const guessed = (key: string) => guessMediaType(path.posix.basename(key)) ?? unknownType;

  async function forget(key: string): Promise<void> {
    await rm(place(key), { force: true });
    await pruneFolders(path.dirname(place(key)), folder);
  }

  return {
    forget,
    async remember(key: string, type: string): Promise<void> {
      if (type === guessed(key)) return await forget(key);
      await makeFolder(path.dirname(place(key)));
      await writeFile(place(key), type, { mode: fileMode, flush: true });
    },
    async of(key: string): Promise<string> {
      try {
        return await readFile(place(key), 'utf8');
      } catch (error) {
        if (isMissing(error)) return guessed(key);
        throw error;
      }
    },
  };
}
