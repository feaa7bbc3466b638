import { asciiJson } from '../index/ascii_json.ts';
import { type Cursor, cursorText, type Place } from './cursor.rules.ts';
import type { Present } from './objects.ts';

/** Some of the feed, entries as JSON text. */
export interface Page {
  entries: string[];
  /** Where the next page begins. */
  cursor: Cursor;
  /** There is more already. */
  more: boolean;
  /** The page belongs to the walk through the whole catalogue: from here on its changes are told. */
  changesFrom?: Place;
}

/** The object as it is now. */
export function updateEntry(kind: string, present: Present, position?: number): string {
  const head = asciiJson({ change: 'update', kind, ...at(position), ...present.fields });
  return present.document === undefined ? head : `${head.slice(0, -1)},"document":${present.document}}`;
}

/** The object is gone, or gone for this caller. */
export const deleteEntry = (kind: string, id: string, position: number): string =>
  asciiJson({ change: 'delete', kind, position, id });

const at = (position: number | undefined) => (position === undefined ? {} : { position });

export function pageText({ entries, cursor, more, changesFrom }: Page): string {
  const rest = asciiJson({
    cursor: cursorText(cursor),
    more,
    snapshot: changesFrom !== undefined,
    ...(changesFrom ? { changes_cursor: cursorText(changesFrom) } : {}),
  });
  return `{"changes":[${entries.join(',')}],${rest.slice(1)}`;
}
