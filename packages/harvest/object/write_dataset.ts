import type { Tx } from '@portolan/db';
import { layerEdits, rememberBase } from '../overlay/layers.ts';
import { datasetToWrite } from './dataset.ts';
import type { Decision } from './decide.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';

/** Does to the dataset what was decided, with people's own edits on top of what the source has. */
export async function writeDataset(
  tx: Tx,
  context: ImportContext,
  { object, mapped }: FetchedRecord,
  { plan, id, existing }: Decision,
): Promise<void> {
  const { site } = context;
  if (id === undefined || plan.action === 'unchanged') return;
  if (plan.action === 'delete') return site.writer.delete(tx, id);
  if (typeof mapped !== 'object') return;
  const fromSource = await datasetToWrite(tx, context, { record: mapped, id, existing });
  const options = mapped.freeTags ? { freeTags: true } : {};
  if (!existing) {
    const stored = await site.writer.create(tx, fromSource, options);
    return rememberBase(tx, context, { id, objectId: object.id, kept: new Map(), stored });
  }
  const layered = await layerEdits(tx, context, { id, existing, fromSource });
  await site.writer.update(tx, layered.dataset, options);
  await rememberBase(tx, context, { id, objectId: object.id, kept: layered.kept });
}
