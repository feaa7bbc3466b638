import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { DatasetDict } from '../dataset_writer.ts';
import type { ImportContext } from '../object/import_context.ts';
import { differing, type Fields, fieldsOf, withFields } from './fields.rules.ts';
import { findBases, findOverlaysOf, type Overlay, saveBases, saveOverlays } from './overlay.repo.ts';

/** The dataset to write, and what the source has where an edit lies over it. */
export interface Layered {
  id: string;
  dataset: DatasetDict;
  kept: ReadonlyMap<string, unknown>;
  /** To be saved with the dataset; nothing where there are none and were none. */
  overlays?: readonly Overlay[];
}

/** A dataset that is there, and what the source makes of it now. */
export interface Refreshed {
  id: string;
  existing: DatasetDict;
  fromSource: DatasetDict;
}

/**
 * Lays people's edits over what the source has now. An edit is where the dataset differs from what the last harvest
 * wrote, so nobody has to mark anything; one that was set back to the source's value is none any more. A dataset that
 * was never written with its base remembered (taken over from CKAN) has no edits that could be told.
 * @returns a dataset for each, in their order
 */
export async function layerEdits(
  tx: Tx,
  context: ImportContext,
  datasets: readonly Refreshed[],
): Promise<Layered[]> {
  const ids = datasets.map(({ id }) => id);
  const bases = await findBases(tx, ids);
  const known = await findOverlaysOf(tx, ids);
  return datasets.map((one) => {
    const { id, existing, fromSource } = one;
    const base = bases.get(id);
    if (!base || existing.state !== 'active') return { id, dataset: fromSource, kept: new Map() };
    const before = known.get(id) ?? [];
    const overlays = editsOf(context, one, base, before);
    return {
      id,
      dataset: withFields(fromSource, new Map(overlays.map(({ field, value }) => [field, value]))),
      kept: new Map(overlays.map(({ field, sourceValue }) => [field, sourceValue])),
      ...(overlays.length > 0 || before.length > 0 ? { overlays } : {}),
    };
  });
}

/** Remembers the edits of datasets that were written. */
export const saveEdits = (tx: Tx, layered: readonly Layered[]): Promise<void> =>
  saveOverlays(
    tx,
    layered.flatMap(({ id, overlays }) => (overlays ? [{ id, overlays }] : [])),
  );

/** @param known as they were at the last harvest */
function editsOf(
  { site, job }: ImportContext,
  { existing, fromSource }: Refreshed,
  base: Fields,
  known: readonly Overlay[],
): Overlay[] {
  const here = fieldsOf(existing);
  const there = fieldsOf(fromSource);
  const now = timestamp(site.runtime.now());
  const byField = new Map(known.map((overlay) => [overlay.field, overlay]));
  return editedFields(here, base, there).map((field) => {
    const before = byField.get(field);
    const moved = changed(field, base, there);
    return {
      field,
      value: here[field] ?? null,
      sourceValue: there[field] ?? null,
      noticed: before?.noticed ?? now,
      sourceChanged: moved ? now : (before?.sourceChanged ?? null),
      jobId: moved ? job.id : (before?.jobId ?? null),
    };
  });
}

/** Resources that the source has dropped take the edits made to them along. */
const editedFields = (here: Fields, base: Fields, there: Fields): string[] =>
  differing(here, base).filter((field) => !field.startsWith('resources.') || field in there);

const changed = (field: string, base: Fields, there: Fields): boolean =>
  differing({ [field]: base[field] }, { [field]: there[field] }).length > 0;

/** Remembers what the source has, as the catalogue stores it: the next harvest tells edits by it. */
export async function rememberBases(
  tx: Tx,
  written: readonly {
    id: string;
    objectId: string;
    kept: ReadonlyMap<string, unknown>;
    stored: DatasetDict;
  }[],
): Promise<void> {
  await saveBases(
    tx,
    written.map(({ id, objectId, kept, stored }) => ({
      packageId: id,
      objectId,
      fields: { ...fieldsOf(stored), ...Object.fromEntries(kept) },
    })),
  );
}
