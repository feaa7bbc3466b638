import { PortolanError } from '@portolan/kernel';
import type { Site } from '../action/call.ts';

/** A file in the store that no row names. */
export interface OrphanedFile {
  key: string;
  /** Bytes. */
  size: number;
  lastModified: Date;
}

interface Kind {
  prefix: string;
  /** What a row would call the file, from its key; nothing for what the portal did not put there. */
  named(key: string): string | undefined;
  /** Of these names (`$1`), those that a row still has, as `name`. */
  known: string;
}

// Only keys of the forms that the portal gives: what lies beside them, as CKAN's own layout does, is somebody else's.
const kinds: readonly Kind[] = [
  {
    prefix: 'resources/',
    named: (key) => (/^resources\/[\w-]{7,100}\/[\w-]{7,100}\/[^/]+$/.test(key) ? key : undefined),
    known: 'SELECT key AS name FROM portolan.resource_file WHERE key = ANY($1)',
  },
  ...(['group', 'user'] as const).map((kind) => ({
    prefix: `storage/uploads/${kind}/`,
    named: (key: string) => /\/(\d{4}-\d\d-\d\d-\d{6}[a-zA-Z0-9.-]*)$/.exec(key)?.[1],
    known: `SELECT image_url AS name FROM "${kind}" WHERE image_url = ANY($1)`,
  })),
];

/** Keys asked about at a time. */
const batch = 500;

/**
 * Files that no row names and that were stored before `olderThan`: a process was killed between storing a file and
 * committing its row, or between the commit and removing what the file replaced. A younger one may belong to a
 * request that is under way.
 */
export async function* orphanedFiles(site: Site, olderThan: Date): AsyncGenerator<OrphanedFile> {
  for (const kind of kinds) {
    let asked: OrphanedFile[] = [];
    for await (const file of site.files.list(kind.prefix)) {
      if (file.lastModified >= olderThan || kind.named(file.key) === undefined) continue;
      asked.push(file);
      if (asked.length < batch) continue;
      yield* await unnamed(site, kind, asked);
      asked = [];
    }
    if (asked.length > 0) yield* await unnamed(site, kind, asked);
  }
}

async function unnamed(site: Site, { named, known }: Kind, files: OrphanedFile[]): Promise<OrphanedFile[]> {
  const rows = await site.db.rows<{ name: string }>(known, [files.map(({ key }) => named(key))]);
  const names = new Set(rows.map(({ name }) => name));
  return files.filter(({ key }) => !names.has(named(key)!));
}

/** Removes one for good. @throws PortolanError `readOnly` in read-only mode */
export async function removeOrphan(site: Site, { key }: OrphanedFile): Promise<void> {
  if (site.gate.closed) throw new PortolanError('readOnly', 'The site is in read-only mode');
  await site.files.remove(key);
}
