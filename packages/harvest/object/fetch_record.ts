import { mayAskOnCondition } from '../conditional/listing.ts';
import type { HarvestedObject, ObjectContext, ObjectProblem } from '../driver.ts';
import { logOf } from '../log/parts.ts';
import { portalOf } from '../site.ts';
import { mannerly } from '../source/manners.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { contentHash } from '../text/deterministic_id.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';
import { refuseTooMany } from './too_many.rules.ts';

/** Where a record is on its way: what a failure is put down to. */
export interface Progress {
  stage: ObjectProblem['stage'];
  /** The document has told its GUID, of which the listing knew nothing. */
  identified?: boolean;
  content?: string | undefined;
  extras?: Record<string, string> | undefined;
}

/**
 * Fetches one record, unless its listing brought it, and maps it to a dataset; writes nothing but what
 * `ensureGroup` does. `progress` tells how far it came.
 */
export async function fetchRecord(
  context: ImportContext,
  object: HarvestedObject,
  ensureGroup: ObjectContext['ensureGroup'],
  progress: Progress = { stage: 'Fetch' },
): Promise<FetchedRecord> {
  const { driver } = context;
  const objectContext = contextOf(context, object, ensureGroup);
  const record: FetchedRecord = {
    object,
    content: undefined,
    extras: undefined,
    context: objectContext,
    mapped: 'gone',
  };
  if (!driver) return record;
  const fetched = object.content === null ? await driver.fetch?.(objectContext) : undefined;
  if (fetched === 'unchanged') return { ...record, mapped: 'unchanged' };
  progress.content = fetched?.content ?? undefined;
  progress.extras = fetched?.extras;
  progress.stage = 'Import';
  object.content = progress.content ?? object.content;
  object.extras = { ...object.extras, ...progress.extras };
  if (fetched?.guid !== undefined && fetched.guid !== object.guid) {
    progress.identified = true;
    object.guid = fetched.guid;
    objectContext.forced = context.force(fetched.guid);
  }
  const mapped = fetched?.same ? 'same' : await driver.toDataset(objectContext);
  if (typeof mapped === 'object') refuseTooMany(mapped.dataset, context.site.config);
  return {
    ...record,
    content: progress.content,
    extras: progress.extras,
    document: fetched?.document,
    mapped,
  };
}

export function contextOf(
  { site, run, job, source, force, found, contents, reimport }: ImportContext,
  object: HarvestedObject,
  ensureGroup: ObjectContext['ensureGroup'],
): ObjectContext {
  const config = parsedConfig(source);
  return {
    source,
    portal: portalOf(site),
    config,
    jobId: job.id,
    fetcher: mannerly(site.fetcher, config),
    sql: site.db,
    ensureGroup,
    found,
    logger: logOf(site.logger, 'harvesters'),
    runtime: site.runtime,
    signal: run.signal,
    object,
    forced: force(object.guid),
    async isCurrent(content) {
      if (content === null || force(object.guid) || reimport) return false;
      return (await contents.hashOf(object.guid)) === contentHash(content);
    },
    knownDocument: async (url, guid) =>
      force(object.guid) || !mayAskOnCondition(source) ? undefined : contents.documentOf(url, guid),
  };
}
