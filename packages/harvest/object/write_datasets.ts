import type { Tx } from '@portolan/db';
import type { DatasetDict, Refusal, WriteOptions } from '../dataset_writer.ts';
import { layerEdits, rememberBases, saveEdits } from '../overlay/layers.ts';
import { type Draft, draftDatasets } from './dataset.ts';
import type { DecidedRecord, RefusedRecord } from './decide.ts';
import type { ImportContext } from './import_context.ts';

/**
 * Does to the datasets what was decided, with people's own edits on top of what the source has, in as many statements
 * for a hundred as for two.
 * @returns all of them; those whose dataset breaks the catalogue's rules, or has no name left, as refused
 */
export async function writeDatasets(
  tx: Tx,
  context: ImportContext,
  decided: readonly DecidedRecord[],
): Promise<(DecidedRecord | RefusedRecord)[]> {
  // First, so that the others see the names that this leaves.
  const deleted = decided.flatMap(({ decision: { plan, id } }) =>
    plan.action === 'delete' && id !== undefined ? [id] : [],
  );
  if (deleted.length > 0) await context.site.writer.delete(tx, deleted, as(context));
  const drafts = await draftDatasets(tx, context, decided);
  const refused = drafts.filter((draft) => 'error' in draft);
  for (const freeTags of [true, false]) {
    const alike = drafts.filter(
      (draft): draft is Draft => 'dataset' in draft && (draft.mapped.freeTags ?? false) === freeTags,
    );
    const options = { freeTags, ...as(context) };
    const written = [
      ...(await create(tx, context, alike, options)),
      ...(await update(tx, context, alike, options)),
    ];
    refused.push(...written.filter((one) => 'error' in one));
    await rememberBases(
      tx,
      written.filter((one) => 'stored' in one),
    );
  }
  const byRecord = new Map(refused.map((one) => [one.record, one]));
  return decided.map((one) => byRecord.get(one.record) ?? one);
}

const as = ({ driver }: ImportContext): WriteOptions => (driver?.spatial ? { spatial: true } : {});

type Written = Parameters<typeof rememberBases>[1][number];

/** Makes those that are new. */
async function create(
  tx: Tx,
  { site }: ImportContext,
  drafts: readonly Draft[],
  options: WriteOptions,
): Promise<(Written | RefusedRecord)[]> {
  const fresh = drafts.filter(({ decision }) => !decision.existing);
  if (fresh.length === 0) return [];
  const datasets = fresh.map(({ dataset }) => dataset);
  const outcomes = await site.writer.create(tx, datasets, options);
  return fresh.map((draft, index) => writtenAs(draft, outcomes[index]!, new Map()));
}

/** Changes those that are there already. */
async function update(
  tx: Tx,
  context: ImportContext,
  drafts: readonly Draft[],
  options: WriteOptions,
): Promise<(Written | RefusedRecord)[]> {
  const stored = drafts.flatMap((draft) => {
    const { existing } = draft.decision;
    return existing ? [{ draft, id: draft.id, existing, fromSource: draft.dataset }] : [];
  });
  if (stored.length === 0) return [];
  const layered = await layerEdits(tx, context, stored);
  const datasets = layered.map(({ dataset }) => dataset);
  const outcomes = await context.site.writer.update(tx, datasets, options);
  await saveEdits(
    tx,
    layered.filter((_, index) => !isRefusal(outcomes[index]!)),
  );
  return stored.map(({ draft }, index) => writtenAs(draft, outcomes[index]!, layered[index]!.kept));
}

const writtenAs = (
  { id, record, decision }: Draft,
  outcome: DatasetDict | Refusal,
  kept: Written['kept'],
): Written | RefusedRecord =>
  isRefusal(outcome)
    ? { record, error: outcome.error, exists: decision.existing !== undefined }
    : { id, objectId: record.object.id, kept, stored: outcome };

/** A dataset may have a field of any name. */
const isRefusal = (outcome: DatasetDict | Refusal): outcome is Refusal =>
  'error' in outcome && !('id' in outcome);
