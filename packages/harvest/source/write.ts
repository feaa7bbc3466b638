import {
  createDataset,
  findDatasetForUpdate,
  loadDataset,
  type Params,
  updateDataset,
  type WriteCall,
} from '@portolan/catalogue';
import { type ErrorDict, invalid, notFound, PortolanError, timestamp } from '@portolan/kernel';
import { checkSourceFields, type SourceFields } from './fields.ts';

/**
 * Makes a source: the package and, under the same id, its row of harvest_source. Rights have been asked about.
 * @throws PortolanError `validation` with the fields of both
 */
export async function createSource(call: WriteCall, input: Params): Promise<string> {
  const { fields, errors } = await checkSourceFields(call, input, undefined);
  const { id: _generated, ...rest } = input;
  const dataset = await merged(errors, () => createDataset(call, packageOf(rest, fields)));
  const { id } = dataset;
  await call.sql.rows(
    `INSERT INTO harvest_source (id, url, title, description, config, created, type, active, user_id, publisher_id, frequency)
     VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      fields.url.trim(),
      String(dataset['title'] ?? ''),
      fields.config ?? '',
      timestamp(call.site.runtime.now()),
      fields.source_type,
      dataset.state !== 'deleted',
      textOf(input['user_id']),
      textOf(input['publisher_id']),
      fields.frequency ?? 'MANUAL',
    ],
  );
  return id;
}

/** Replaces a source by what was sent. @throws PortolanError `notFound`, `validation` */
export async function updateSource(call: WriteCall, reference: string, input: Params): Promise<string> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound('Package was not found.');
  const [current] = await call.sql.rows<{ id: string; config: string | null }>(
    `SELECT id, config FROM harvest_source WHERE id = $1 FOR UPDATE`,
    [row.id],
  );
  const { fields, errors } = await checkSourceFields(call, input, current ?? { id: row.id, config: null });
  if (input['owner_org'] === '' && !call.site.config.createUnownedDataset)
    errors['owner_org'] = ['An organization must be provided'];
  const dataset = await merged(errors, () => updateDataset(call, row.id, packageOf(input, fields)));
  await call.sql.rows(
    `UPDATE harvest_source SET url = $2, title = $3, type = $4, active = $5, frequency = coalesce($6, frequency),
       config = coalesce($7, config) WHERE id = $1`,
    [
      row.id,
      fields.url.trim(),
      String(dataset['title'] ?? ''),
      fields.source_type,
      dataset.state === 'active',
      fields.frequency ?? null,
      fields.config ?? null,
    ],
  );
  if (dataset.state !== 'active') await abortNewJobs(call, row.id);
  return row.id;
}

/** A source that is not active starts nothing any more. */
export async function abortNewJobs(call: WriteCall, id: string): Promise<void> {
  await call.sql.rows(`UPDATE harvest_job SET status = 'Aborted' WHERE source_id = $1 AND status = 'New'`, [
    id,
  ]);
}

/** Puts its errors and the catalogue's together: the client learns of all of them at once. */
async function merged<Result>(errors: ErrorDict, write: () => Promise<Result>): Promise<Result> {
  let result: Result | undefined;
  try {
    result = await write();
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'validation') throw error;
    throw invalid({ ...(error.fields as ErrorDict), ...errors });
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return result;
}

const kept = ['name', 'title', 'notes', 'owner_org', 'private', 'state', 'url'];
const own = ['source_type', 'frequency', 'config'];

/** The package of a source: the fields it shares with datasets, and its own as extras. */
function packageOf(input: Params, fields: SourceFields): Params {
  const given = Array.isArray(input['extras']) ? (input['extras'] as { key?: unknown }[]) : [];
  const extras: unknown[] = given.filter((extra) => !own.includes(String(extra?.key)));
  if (fields.source_type) extras.push({ key: 'source_type', value: fields.source_type });
  if (fields.frequency !== undefined) extras.push({ key: 'frequency', value: fields.frequency });
  if (fields.config !== undefined) extras.push({ key: 'config', value: fields.config });
  const dict: Params = { type: 'harvest', extras };
  for (const key of kept) if (input[key] !== undefined) dict[key] = input[key];
  if (!dict['title'] && typeof dict['name'] === 'string') dict['title'] = dict['name'];
  return dict;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The source as stored, for showing and patching. */
export async function storedSource(call: WriteCall, id: string) {
  const stored = await loadDataset(call.sql, id);
  if (!stored) throw notFound();
  return stored;
}
