import type { Sql } from '@portolan/db';
import type { Params, Site, User, WriteCall } from '../action/call.ts';
import { auditedCall, noteAudit } from '../audit/note.ts';
import { createDataset } from '../dataset/create.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import { loadDatasets } from '../dataset/load.ts';
import { presentDataset } from '../dataset/presenter.ts';
import { updateDataset } from '../dataset/update.ts';
import { checkDatasets, insertDatasets, makeTags, Twice } from './create_datasets.ts';
import { saysTheSame } from './same.rules.ts';

/** One line of a file. */
export interface Line {
  number: number;
  object: Params;
}

export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped' | { error: unknown };

export interface ImportOptions {
  /** Whose work it is. */
  user: User;
  /** Leave what is there, or make nothing that is not. */
  only?: 'create' | 'update';
}

/** What happens to each of a batch of lines, in their order. Lines that are refused leave the others alone. */
export async function importDatasets(
  site: Site,
  lines: readonly Line[],
  options: ImportOptions,
): Promise<Outcome[]> {
  const outcomes = new Map<Line, Outcome>();
  const there = await findStored(site, lines);
  const isStored = ({ object }: Line) => there.get(String(object['id'])) ?? there.get(String(object['name']));
  const fresh = lines.filter((line) => !isStored(line));
  for (const line of lines.filter(isStored))
    outcomes.set(
      line,
      options.only === 'create' ? 'skipped' : await update(site, line, isStored(line)!, options),
    );
  if (options.only === 'update') for (const line of fresh) outcomes.set(line, 'skipped');
  else for (const [line, outcome] of await create(site, fresh, options)) outcomes.set(line, outcome);
  return lines.map((line) => outcomes.get(line)!);
}

type Stored = Awaited<ReturnType<typeof loadDatasets>>[number];

async function findStored(site: Site, lines: readonly Line[]): Promise<Map<string, Stored>> {
  const references = lines.flatMap(({ object }) =>
    [object['id'], object['name']].filter((value): value is string => typeof value === 'string'),
  );
  const rows = await site.db.rows<{ id: string }>(
    `SELECT id FROM package WHERE id = ANY($1) OR (name = ANY($1) AND state <> 'deleted')`,
    [references],
  );
  const stored = await loadDatasets(
    site.db,
    rows.map(({ id }) => id),
  );
  return new Map(
    stored.flatMap((dataset) => [
      [dataset.name, dataset],
      [dataset.id, dataset],
    ]),
  );
}

async function update(
  site: Site,
  { object }: Line,
  stored: Stored,
  options: ImportOptions,
): Promise<Outcome> {
  if (saysTheSame(object, presentDataset(stored, site.config))) return 'unchanged';
  try {
    await inTransaction(site, options, object, async (call) => {
      await updateDataset(call, stored.id, { ...object, id: stored.id });
      return [stored.id];
    });
    return 'updated';
  } catch (error) {
    return { error };
  }
}

async function create(
  site: Site,
  lines: readonly Line[],
  options: ImportOptions,
): Promise<Map<Line, Outcome>> {
  const outcomes = new Map<Line, Outcome>();
  const plain = lines.filter(({ object }) => !datasetType(object['type']));
  const objects = plain.map(({ object }) => object);
  try {
    const checked = await checkDatasets(asPortal(site, site.db, options), objects);
    const datasets = checked.filter((one) => 'id' in one);
    // A transaction of their own: others that need the same new tags wait for its end.
    await site.db.transact((tx) => makeTags(tx, site, datasets));
    if (datasets.length > 0)
      await inTransaction(site, options, objects, async (call) => {
        await insertDatasets(call, datasets);
        return datasets.map(({ id }) => id);
      });
    for (const [index, one] of checked.entries()) outcomes.set(plain[index]!, 'id' in one ? 'created' : one);
  } catch (error) {
    if ((error as { code?: string }).code === 'readOnly') throw error;
    // Somebody else took a name or an id meanwhile: one by one, so that only that line is refused.
    site.logger.info({ err: error }, 'a batch is imported line by line');
  }
  for (const line of lines) {
    const outcome = outcomes.get(line);
    const isTwice = typeof outcome === 'object' && outcome.error instanceof Twice;
    if (outcome === undefined || isTwice) outcomes.set(line, await createOne(site, line, options));
  }
  return outcomes;
}

async function createOne(site: Site, line: Line, options: ImportOptions): Promise<Outcome> {
  const stored = await findStored(site, [line]);
  const [before] = stored.values();
  if (before) return update(site, line, before, options);
  try {
    await inTransaction(site, options, line.object, async (call) => [
      (await createDataset(call, line.object)).id,
    ]);
    return 'created';
  } catch (error) {
    return { error };
  }
}

/** As the portal itself, with an entry in the audit log; the index is left to the relay. */
async function inTransaction(
  site: Site,
  options: ImportOptions,
  params: unknown,
  work: (call: WriteCall) => Promise<string[]>,
): Promise<void> {
  const { user } = options;
  await site.db.transact(async (tx) => {
    const ids = await work(asPortal(site, tx, options));
    const audited = auditedCall('import_datasets', { via: 'cli', user }, { datasets: params });
    await noteAudit(tx, audited, 'done', ids);
  });
}

const asPortal = <Access extends Sql>(site: Site, sql: Access, { user }: ImportOptions) => ({
  site,
  sql,
  user,
  ignoreAuth: true,
  logger: site.logger,
  localePrefix: '',
});
