import type { Sql } from '@portolan/db';
import { documentsOf, findDocument } from '../conditional/document.repo.ts';
import type { Validators } from '../conditional/validators.rules.ts';
import type { Source } from '../source/source.repo.ts';
import { currentObjects } from './object.repo.ts';

/** What a source's current records were made of: read ahead for many, or asked for one by one. */
export interface CurrentContents {
  /** Records with these GUIDs are about to be fetched; takes the place of what was read ahead before. */
  readAhead(guids: readonly string[]): Promise<void>;
  /** Other records may be current for these GUIDs now. */
  forget(guids: readonly string[]): void;
  /** Hash of the content of the current record with this GUID. */
  hashOf(guid: string): Promise<string | undefined>;
  /** As `findDocument` has it. */
  documentOf(url: string, guid: string | undefined): Promise<(Validators & { guid: string }) | undefined>;
}

interface Known {
  hash: string | undefined;
  /** By address: the versions of the documents that its content was read from. */
  documents: ReadonlyMap<string, Validators>;
}

const nothing: Known = { hash: undefined, documents: new Map() };

export function currentContents(sql: Sql, source: Source): CurrentContents {
  let ahead = new Map<string, Known>();
  return {
    async readAhead(guids) {
      ahead = new Map();
      if (guids.length === 0) return;
      const current = await currentObjects(sql, source.id, [...guids]);
      const hashes = new Map(current.map(({ guid, content_hash }) => [guid, content_hash ?? undefined]));
      const documents = await documentsOf(
        sql,
        source,
        [...hashes.values()].filter((hash) => hash !== undefined),
      );
      ahead = new Map(
        guids.map((guid) => {
          const hash = hashes.get(guid);
          return [
            guid,
            hash === undefined ? nothing : { hash, documents: documents.get(hash) ?? nothing.documents },
          ];
        }),
      );
    },
    forget(guids) {
      for (const guid of guids) ahead.delete(guid);
    },
    async hashOf(guid) {
      const known = ahead.get(guid);
      if (known) return known.hash;
      const [current] = await currentObjects(sql, source.id, [guid]);
      return current?.content_hash ?? undefined;
    },
    async documentOf(url, guid) {
      const known = guid === undefined ? undefined : ahead.get(guid);
      if (guid === undefined || !known) return findDocument(sql, source, url, guid);
      const validators = known.documents.get(url);
      return validators && { guid, ...validators };
    },
  };
}
