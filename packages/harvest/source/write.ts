import type { DatasetDict, Params, PreparedWrite, StoredDataset, WriteCall } from '@portolan/catalogue';
import { timestamp } from '@portolan/kernel';
import { logOf } from '../log/parts.ts';
import { abortPreviewsOf } from '../preview/abort.ts';
import { checkSourceFields, type SourceFields } from './fields.ts';

/** Checks a source that is made or replaced, and says what of it is the dataset's and what its own row's. */
export async function prepareSource(
  call: WriteCall,
  input: Params,
  stored: StoredDataset | undefined,
): Promise<PreparedWrite> {
  const current = stored && (await lockedSource(call, stored.id));
  const { fields, errors } = await checkSourceFields(call, input, current);
  if (stored && input['owner_org'] === '' && !call.site.config.createUnownedDataset)
    errors['owner_org'] = ['An organization must be provided'];
  const wrong = Object.keys(errors);
  // Their texts quote the configuration.
  if (wrong.length > 0)
    logOf(call.logger, 'validators').info(
      { source: nameOf(input), fields: wrong.join(', ') },
      'source is refused',
    );
  return {
    input: packageOf(input, fields),
    errors,
    written: (dataset) =>
      stored ? updateRow(call, dataset, fields) : insertRow(call, dataset, fields, input),
  };
}

async function lockedSource(call: WriteCall, id: string): Promise<{ id: string; config: string | null }> {
  const [current] = await call.sql.rows<{ config: string | null }>(
    `SELECT config FROM harvest_source WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return { id, config: current?.config ?? null };
}

async function insertRow(
  call: WriteCall,
  dataset: DatasetDict,
  fields: SourceFields,
  input: Params,
): Promise<void> {
  const publisher = textOf(input['publisher_id']);
  await call.sql.rows(
    `INSERT INTO harvest_source (id, url, title, description, config, created, type, active, user_id, publisher_id, frequency)
     VALUES ($1, $2, $3, '', $4, $5, $6, $7, $8, $9, $10)`,
    [
      dataset.id,
      fields.url.trim(),
      String(dataset['title'] ?? ''),
      fields.config ?? '',
      timestamp(call.site.runtime.now()),
      fields.source_type,
      dataset.state !== 'deleted',
      textOf(input['user_id']),
      publisher,
      fields.frequency ?? 'MANUAL',
    ],
  );
  // One that was not given follows the owner, by a trigger.
  if (publisher !== '')
    await call.sql.rows(
      `INSERT INTO portolan.harvest_source_state (source_id, publisher_given) VALUES ($1, true)`,
      [dataset.id],
    );
  tell(call, dataset, 'harvest source is made');
}

const tell = (call: WriteCall, { id, name }: DatasetDict, what: string): void =>
  call.sql.afterCommit(() => logOf(call.logger, 'plugin').info({ source: name, id }, what));

async function updateRow(call: WriteCall, dataset: DatasetDict, fields: SourceFields): Promise<void> {
  await call.sql.rows(
    `UPDATE harvest_source SET url = $2, title = $3, type = $4, active = $5, frequency = coalesce($6, frequency),
       config = coalesce($7, config) WHERE id = $1`,
    [
      dataset.id,
      fields.url.trim(),
      String(dataset['title'] ?? ''),
      fields.source_type,
      dataset.state === 'active',
      fields.frequency ?? null,
      fields.config ?? null,
    ],
  );
  tell(call, dataset, 'harvest source is changed');
  if (dataset.state !== 'active') await abortNewJobs(call, dataset.id);
}

/** What the deletion of a source's dataset means for the source: its row stays. */
export async function switchOff(call: WriteCall, id: string): Promise<void> {
  await call.sql.rows(`UPDATE harvest_source SET active = false WHERE id = $1`, [id]);
  await abortNewJobs(call, id);
}

/** A source that is not active starts nothing any more. */
async function abortNewJobs(call: WriteCall, id: string): Promise<void> {
  const jobs = await call.sql.rows(
    `UPDATE harvest_job SET status = 'Aborted' WHERE source_id = $1 AND status = 'New' RETURNING id`,
    [id],
  );
  await abortPreviewsOf(call.sql, id, call.site.runtime.now());
  call.sql.afterCommit(() =>
    logOf(call.logger, 'plugin').info({ source: id, jobs: jobs.length }, 'harvest source is switched off'),
  );
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

const nameOf = ({ name }: Params): string => (typeof name === 'string' ? name : '');
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
