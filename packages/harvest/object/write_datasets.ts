import type { Tx } from '@portolan/db';
import type { WriteOptions } from '../dataset_writer.ts';
import { layerEdits, rememberBases } from '../overlay/layers.ts';
import { type Draft, draftDatasets } from './dataset.ts';
import type { DecidedRecord, RefusedRecord } from './decide.ts';
import type { ImportContext } from './import_context.ts';

/**
 * Does to the datasets what was decided, with people's own edits on top of what the source has. New ones are made
 * together.
 * @returns all of them; those whose dataset breaks the catalogue's rules, or has no name left, as refused
 * @throws what the catalogue says of a dataset that is there already
 */
export async function writeDatasets(
  tx: Tx,
  context: ImportContext,
  decided: readonly DecidedRecord[],
): Promise<(DecidedRecord | RefusedRecord)[]> {
  const drafts = await draftDatasets(tx, context, decided);
  const sound = drafts.filter((draft) => 'dataset' in draft);
  const refused = [...drafts.filter((draft) => 'error' in draft), ...(await create(tx, context, sound))];
  for (const draft of sound) await update(tx, context, draft);
  for (const { decision } of decided)
    if (decision.plan.action === 'delete' && decision.id !== undefined)
      await context.site.writer.delete(tx, decision.id, as(context));
  const byRecord = new Map(refused.map((one) => [one.record, one]));
  return decided.map((one) => byRecord.get(one.record) ?? one);
}

const as = ({ driver }: ImportContext): WriteOptions => (driver?.spatial ? { spatial: true } : {});

/** Makes those that are new. @returns what the catalogue refuses of them */
async function create(tx: Tx, context: ImportContext, drafts: readonly Draft[]): Promise<RefusedRecord[]> {
  const refused: RefusedRecord[] = [];
  const fresh = drafts.filter(({ decision }) => !decision.existing);
  for (const freeTags of [true, false]) {
    const alike = fresh.filter(({ mapped }) => (mapped.freeTags ?? false) === freeTags);
    if (alike.length === 0) continue;
    const datasets = alike.map(({ dataset }) => dataset);
    const outcomes = await context.site.writer.create(tx, datasets, { freeTags, ...as(context) });
    const made: Parameters<typeof rememberBases>[1][number][] = [];
    for (const [index, { record, id }] of alike.entries()) {
      const stored = outcomes[index];
      if (stored && 'error' in stored) refused.push({ record, error: stored.error });
      else if (stored) made.push({ id, objectId: record.object.id, kept: new Map(), stored });
    }
    await rememberBases(tx, made);
  }
  return refused;
}

/** Writes one that is there already. */
async function update(tx: Tx, context: ImportContext, draft: Draft): Promise<void> {
  const { id, dataset, mapped, record } = draft;
  const { existing } = draft.decision;
  if (!existing) return;
  const layered = await layerEdits(tx, context, { id, existing, fromSource: dataset });
  const { writer } = context.site;
  await writer.update(tx, layered.dataset, {
    ...(mapped.freeTags ? { freeTags: true } : {}),
    ...as(context),
  });
  const stored = await writer.find(tx, id);
  if (stored) await rememberBases(tx, [{ id, objectId: record.object.id, kept: layered.kept, stored }]);
}
