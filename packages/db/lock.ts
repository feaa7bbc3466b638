import type { Tx } from './connection.ts';

/**
 * Takes the transaction's advisory locks for these names, in one order whoever asks, so that two takers of
 * several never wait for each other in a circle. Held until the transaction ends.
 */
export async function lockNames(tx: Tx, space: string, names: string[]): Promise<void> {
  if (names.length === 0) return;
  const sorted = [...new Set(names)].sort();
  await tx.prepared(
    'lock_names',
    `SELECT pg_advisory_xact_lock(hashtextextended($1 || ':' || name, 0)) FROM unnest($2::text[]) WITH ORDINALITY AS n(name, i) ORDER BY i`,
    [space, sorted],
  );
}
