import { invalid } from '@portolan/kernel';

export type Kind = 'organization' | 'group' | 'dataset';

/** In the order in which a walk passes them: owners before what they own. */
export const kinds: readonly Kind[] = ['organization', 'group', 'dataset'];

/** A place between two changes: the last one that was told, and the moment it got its position. */
export interface Place {
  position: number;
  stamp: string;
}

/** How far a walk through the whole catalogue has come. */
export interface Step {
  kind: Kind;
  /** Id of the last object passed; empty before the first. */
  id: string;
}

/** What a client holds: where the changes go on, and the rest of the walk before that, if there is any. */
export interface Cursor extends Place {
  walk?: Step;
}

/** Opaque to clients, safe in an address. */
export function cursorText({ position, stamp, walk }: Cursor): string {
  const parts = walk ? [position, stamp, walk.kind, walk.id] : [position, stamp];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws PortolanError `validation` for what `cursorText` has not made */
export function parseCursor(text: unknown): Cursor {
  const wrong = invalid({ since: ['Not a cursor of this feed'] });
  if (typeof text !== 'string') throw wrong;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw wrong;
  }
  if (!Array.isArray(parts)) throw wrong;
  const [position, stamp, kind, id] = parts;
  if (!Number.isSafeInteger(position) || position < 0 || typeof stamp !== 'string' || !isStamp(stamp))
    throw wrong;
  if (parts.length === 2) return { position, stamp };
  if (parts.length !== 4 || !kinds.includes(kind) || typeof id !== 'string' || id.includes('\0')) throw wrong;
  return { position, stamp, walk: { kind, id } };
}

/** A `timestamp` as PostgreSQL writes it. */
const isStamp = (text: string): boolean => /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/.test(text);
