import { lockNames, type Tx } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import { type MappedRecord, ObjectFailure } from '../driver.ts';
import { nameFromTitle, takenPrefix, uniqueName } from '../text/name.rules.ts';
import type { ImportContext } from './import_context.ts';
import { reuseResourceIds } from './resource_match.rules.ts';

/** The dict to hand to the catalogue: a mapped record with the id, name, owner and kept fields of its dataset. */
export async function datasetToWrite(
  tx: Tx,
  context: ImportContext,
  mapped: { record: MappedRecord; id: string; existing: DatasetDict | undefined },
): Promise<DatasetDict> {
  const { record, id, existing } = mapped;
  const { site, source } = context;
  const { identity } = record;
  // A mapped record may say that its dataset is withdrawn; a remote's own state is of no matter here.
  const state = (identity === 'derived' && record.dataset.state) || 'active';
  const dataset: DatasetDict = { ...record.dataset, id, state };
  dataset.owner_org ??= source.owner_org;
  dataset.name = await nameFor(tx, context, record, existing);
  if (!existing) return dataset;
  if (identity === 'derived')
    dataset.resources = reuseResourceIds(dataset.resources ?? [], existing.resources ?? []);
  for (const field of site.config.harvestKeepFields)
    if (existing[field] !== undefined) dataset[field] = existing[field];
  return dataset;
}

async function nameFor(
  tx: Tx,
  { site }: ImportContext,
  { dataset, identity }: MappedRecord,
  existing: DatasetDict | undefined,
): Promise<string> {
  // A remote's dataset keeps its local name, whoever changed it; a derived one is renamed with its title.
  if (existing?.name && (identity === 'remote' || existing.title === dataset.title)) return existing.name;
  const wish = nameFromTitle(
    identity === 'remote' ? dataset.name || dataset.title || '' : dataset.title || dataset.name || '',
  );
  // Writers of the same wish take turns: each has to see the name that the one before it took.
  await lockNames(tx, 'harvest_name', [takenPrefix(wish)]);
  const rows = await tx.rows<{ name: string }>(
    `SELECT name FROM package WHERE starts_with(name, $1) AND name IS DISTINCT FROM $2`,
    [takenPrefix(wish), existing?.name ?? null],
  );
  const hex = site.config.harvestNameAppend === 'random-hex';
  const name = uniqueName(
    wish,
    new Set(rows.map(({ name }) => name)),
    existing?.name,
    hex ? () => site.runtime.bytes(3).toString('hex').slice(0, 5) : undefined,
  );
  if (name === undefined)
    throw new ObjectFailure(`Could not generate a unique name from the title ${dataset.title}`);
  return name;
}
