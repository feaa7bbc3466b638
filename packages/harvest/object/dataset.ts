import { withFieldsAsExtras } from '@portolan/catalogue';
import type { Tx } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import type { MappedRecord } from '../driver.ts';
import type { DecidedRecord, RefusedRecord } from './decide.ts';
import type { ImportContext } from './import_context.ts';
import { chooseNames } from './names.ts';
import { reuseResourceIds } from './resource_match.rules.ts';

/** A dataset that is about to be written. */
export interface Draft extends DecidedRecord {
  mapped: MappedRecord;
  id: string;
  /** The dict to hand to the catalogue: the mapped record with the id, name, owner and kept fields of its dataset. */
  dataset: DatasetDict;
}

/** Drafts the datasets of the records that are to be written; one for which there is no name is refused. */
export async function draftDatasets(
  tx: Tx,
  context: ImportContext,
  decided: readonly DecidedRecord[],
): Promise<(Draft | RefusedRecord)[]> {
  const wanted = decided.flatMap(({ record, decision }) => {
    const { mapped } = record;
    const { id, plan, existing } = decision;
    const written = plan.action === 'create' || plan.action === 'update';
    return written && typeof mapped === 'object' && id !== undefined
      ? [{ record, decision, mapped, id, existing }]
      : [];
  });
  const names = await chooseNames(tx, context, wanted);
  return wanted.map(({ record, decision, mapped, id, existing }, index) => {
    const name = names[index];
    if (typeof name !== 'string') return { record, error: name };
    return { record, decision, mapped, id, dataset: draft(context, { mapped, id, existing, name }) };
  });
}

function draft(
  { site, source }: ImportContext,
  of: { mapped: MappedRecord; id: string; existing: DatasetDict | undefined; name: string },
): DatasetDict {
  const { mapped, id, existing, name } = of;
  const { identity } = mapped;
  // A mapped record may say that its dataset is withdrawn; a remote's own state is of no matter here.
  const state = (identity === 'derived' && mapped.dataset.state) || 'active';
  const dataset: DatasetDict = withFieldsAsExtras({ ...mapped.dataset, id, state }, site.config);
  dataset.owner_org ??= source.owner_org;
  dataset.name = name;
  if (!existing) return dataset;
  if (identity === 'derived')
    dataset.resources = reuseResourceIds(dataset.resources ?? [], existing.resources ?? []);
  for (const field of site.config.harvestKeepFields)
    if (existing[field] !== undefined) dataset[field] = existing[field];
  dataset.extras = keptExtras(dataset.extras ?? [], existing.extras ?? [], site.config.harvestKeepExtras);
  // What a source does not say anything about is not published, nor hidden, by its next harvest.
  if (existing['private'] !== undefined) dataset['private'] ??= existing['private'];
  return dataset;
}

type Extras = NonNullable<DatasetDict['extras']>;

/** A harvest's extras, with those that are left as they are where the dataset has them. */
function keptExtras(harvested: Extras, existing: Extras, keys: readonly string[]): Extras {
  const kept = existing.filter(({ key }) => keys.includes(key));
  const names = new Set(kept.map(({ key }) => key));
  return [...harvested.filter(({ key }) => !names.has(key)), ...kept];
}
