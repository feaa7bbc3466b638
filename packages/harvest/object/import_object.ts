import { PortolanError } from '@portolan/kernel';
import type { HarvestedObject, ObjectContext, ObjectProblem } from '../driver.ts';
import { ObjectFailure } from '../driver.ts';
import { isTransient } from '../gather/failure.rules.ts';
import { portalOf } from '../site.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { pythonText } from '../text/python_text.rules.ts';
import { applyRecord, isNameTaken } from './apply.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';
import type { ClaimedObject } from './object.repo.ts';
import { recordFailure } from './record_failure.ts';

const nameAttempts = 3;

/**
 * Fetches, maps and applies one claimed record. Everything that the record itself is to blame for becomes its
 * error; @throws only what is worth another attempt of the whole run.
 */
export async function importObject(context: ImportContext, claimed: ClaimedObject): Promise<void> {
  const { site, run, driver, source } = context;
  if (!driver)
    return recordFailure(context, claimed, [
      { message: `No harvester for source type ${source.type}`, stage: 'Import' },
    ]);
  let stage: 'Fetch' | 'Import' = 'Fetch';
  let content: string | undefined;
  let extras: Record<string, string> | undefined;
  try {
    const object = {
      id: claimed.id,
      guid: claimed.guid,
      content: claimed.content,
      packageId: claimed.package_id,
      extras: claimed.extras,
    };
    const objectContext = contextOf(context, object);
    const record: FetchedRecord = {
      object,
      content: undefined,
      extras: undefined,
      context: objectContext,
      mapped: 'gone',
    };
    if (claimed.action !== 'delete') {
      const fetched = object.content === null ? await driver.fetch?.(objectContext) : undefined;
      if (fetched === 'unchanged') record.mapped = 'unchanged';
      else {
        content = fetched?.content ?? undefined;
        extras = fetched?.extras;
        stage = 'Import';
        object.content = content ?? object.content;
        object.extras = { ...object.extras, ...extras };
        record.content = content;
        record.extras = extras;
        record.mapped = await driver.toDataset(objectContext);
      }
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await applyRecord(context, record);
      } catch (error) {
        // Another writer took the name between our look and our insert; the next look sees it.
        if (attempt === nameAttempts || !isNameTaken(error)) throw error;
      }
    }
  } catch (error) {
    if (run.signal.aborted || isTransient(error)) {
      site.logger.info({ object: claimed.id, err: error }, 'import of a record is put off');
      throw error;
    }
    await recordFailure(context, claimed, problemsOf(error, claimed.guid, stage), { content, extras });
  }
}

function contextOf({ site, run, job, source, force }: ImportContext, object: HarvestedObject): ObjectContext {
  return {
    source,
    portal: portalOf(site),
    config: parsedConfig(source),
    jobId: job.id,
    fetcher: site.fetcher,
    sql: site.db,
    ensureGroup: (group) => site.db.transact((tx) => site.writer.createGroup(tx, group)),
    logger: site.logger,
    runtime: site.runtime,
    signal: run.signal,
    object,
    forced: force(object.guid),
  };
}

function problemsOf(error: unknown, guid: string, stage: ObjectProblem['stage']): ObjectProblem[] {
  if (error instanceof ObjectFailure)
    return [{ message: error.message, stage: error.stage, line: error.line }, ...error.further];
  return [{ message: failureMessage(error, guid), stage }];
}

/** CKAN's texts for a dataset that does not validate and for everything else. */
function failureMessage(error: unknown, guid: string): string {
  if (error instanceof PortolanError && error.code === 'validation')
    return `Invalid package with GUID ${guid}: ${pythonText(error.fields)}`;
  return `System error: ${error instanceof Error ? error.message : String(error)}`;
}
