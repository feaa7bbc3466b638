import type { Tx } from '@portolan/db';
import { contentHash } from '../text/deterministic_id.ts';
import type { DecidedRecord } from './decide.ts';
import { currentObjects } from './object.repo.ts';
import { lockHolders } from './same_content.repo.ts';

/**
 * Fetched records that turned out to say what the current ones say, each with the id of the current one: that holds its
 * text, and goes on holding it until the transaction ends. One whose text cannot be held now is left out, and has its
 * own.
 */
export async function holdersOf(
  tx: Tx,
  sourceId: string,
  written: readonly DecidedRecord[],
): Promise<Map<string, string>> {
  const same = written.flatMap(({ record: { object, mapped, content } }) =>
    mapped === 'same' && content !== undefined ? [{ ...object, hash: contentHash(content) }] : [],
  );
  if (same.length === 0) return new Map();
  const guids = same.map(({ guid }) => guid);
  const currents = new Map((await currentObjects(tx, sourceId, guids)).map((one) => [one.guid, one]));
  const held = await lockHolders(
    tx,
    same.flatMap(({ guid, hash }) => {
      const current = currents.get(guid);
      return current?.content_hash === hash ? [{ id: current.id, contentHash: hash }] : [];
    }),
  );
  return new Map(
    same.flatMap(({ id, guid, hash }) => {
      const holder = currents.get(guid)?.id;
      return holder !== undefined && holder !== id && held.get(holder) === hash ? [[id, holder]] : [];
    }),
  );
}
