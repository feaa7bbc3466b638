import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { DatasetDict } from '../dataset_writer.ts';
import type { ImportContext } from '../object/import_context.ts';
import { differing, type Fields, fieldsOf, withFields } from './fields.rules.ts';
import { findBase, findOverlays, type Overlay, saveBases, saveOverlays } from './overlay.repo.ts';

/** The dataset to write, and what the source has where an edit lies over it. */
export interface Layered {
  dataset: DatasetDict;
  kept: ReadonlyMap<string, unknown>;
}

/**
 * Lays people's edits over what the source has now. An edit is where the dataset differs from what the last harvest
 * wrote, so nobody has to mark anything; one that was set back to the source's value is none any more. A dataset that
 * was never written with its base remembered (taken over from CKAN) has no edits that could be told.
 */
export async function layerEdits(
  tx: Tx,
  { site, job }: ImportContext,
  work: { id: string; existing: DatasetDict; fromSource: DatasetDict },
): Promise<Layered> {
  const { id, existing, fromSource } = work;
  const base = await findBase(tx, id);
  if (!base || existing.state !== 'active') return { dataset: fromSource, kept: new Map() };
  const here = fieldsOf(existing);
  const there = fieldsOf(fromSource);
  const now = timestamp(site.runtime.now());
  const known = new Map((await findOverlays(tx, id)).map((overlay) => [overlay.field, overlay]));
  const overlays = editedFields(here, base, there).map((field): Overlay => {
    const before = known.get(field);
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
  if (overlays.length > 0 || known.size > 0) await saveOverlays(tx, id, overlays);
  return {
    dataset: withFields(fromSource, new Map(overlays.map(({ field, value }) => [field, value]))),
    kept: new Map(overlays.map(({ field, sourceValue }) => [field, sourceValue])),
  };
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
