import type { Db } from '@portolan/db';
import type { MirrorComparison } from './compare.ts';
import { noteEntries } from './entry.repo.ts';

/** Has what differs told anew, through the backlog. */
export const heal = (db: Db, { ids, highest }: MirrorComparison): Promise<void> =>
  db.transact((tx) => noteEntries(tx, ids, highest));
