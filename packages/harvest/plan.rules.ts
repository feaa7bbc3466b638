/** What becomes of one record, and why: shown in logs and previews. */
export interface Plan {
  action: 'create' | 'update' | 'unchanged' | 'delete';
  reason: string;
}

export interface Remembered {
  contentHash: string | null;
  remoteModified: string | null;
}

export interface RecordFacts {
  /** The driver found the record gone. */
  gone: boolean;
  /** Import whatever the comparison says. */
  force: boolean;
  contentHash: string;
  remoteModified: string | undefined;
  /** Of the record's last import, when there was one that we saw. */
  remembered: Remembered | undefined;
  /** The dataset it maps to. */
  dataset: { state: string | null; modified: string | null } | undefined;
  /** `always`: the reference updates such records on every run, and clients see `updated`. */
  reimport: 'changed' | 'always';
}

/**
 * Compares with what was last imported (content and remote time), since the local `metadata_modified` is the
 * time of our own write. Where nothing is remembered (a database taken over from CKAN), CKAN's rule holds:
 * the remote time, as text, has to be greater than the local one.
 */
export function planRecord(facts: RecordFacts): Plan {
  const { dataset, remembered, remoteModified } = facts;
  if (facts.gone)
    return dataset?.state === 'active'
      ? { action: 'delete', reason: 'no longer in the source' }
      : { action: 'unchanged', reason: 'already deleted' };
  if (!dataset) return { action: 'create', reason: 'new in the source' };
  // A dataset that people have deleted has a record that is current for it; one that went with its record has none.
  if (dataset.state === 'deleted' && !remembered) return { action: 'update', reason: 'back in the source' };
  if (facts.force) return { action: 'update', reason: 'forced' };
  if (facts.reimport === 'always') return { action: 'update', reason: 'always imported' };
  if (remembered?.contentHash) {
    if (remembered.contentHash !== facts.contentHash) return { action: 'update', reason: 'content changed' };
    return { action: 'unchanged', reason: 'same content' };
  }
  if (remoteModified === undefined) return { action: 'update', reason: 'no remote time to compare' };
  return remoteModified > (dataset.modified ?? '')
    ? { action: 'update', reason: 'remote time is later' }
    : { action: 'unchanged', reason: 'remote time is not later' };
}

export interface Guard {
  /** Deletions that are always allowed. */
  floor: number;
  /** Percent of the source's datasets. */
  share: number;
}

/** Whether so many deletions look like a broken listing rather than like change. */
export function isMassDeletion(deletions: number, current: number, gathered: number, guard: Guard): boolean {
  if (deletions === 0) return false;
  return gathered === 0 || deletions > Math.max(guard.floor, (current * guard.share) / 100);
}
