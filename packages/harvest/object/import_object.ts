import type { ObjectContext, ObjectProblem } from '../driver.ts';
import { ObjectFailure } from '../driver.ts';
import { isTransient } from '../gather/failure.rules.ts';
import { applyRecord, isNameTaken } from './apply.ts';
import { contextOf, failureMessage, fetchRecord, type Progress } from './fetch_record.ts';
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
  const progress: Progress = { stage: 'Fetch' };
  try {
    const object = {
      id: claimed.id,
      guid: claimed.guid,
      content: claimed.content,
      packageId: claimed.package_id,
      extras: claimed.extras,
    };
    const ensureGroup: ObjectContext['ensureGroup'] = (group) =>
      site.db.transact((tx) => site.writer.createGroup(tx, group));
    const record: FetchedRecord =
      claimed.action === 'delete'
        ? {
            object,
            content: undefined,
            extras: undefined,
            context: contextOf(context, object, ensureGroup),
            mapped: 'gone',
          }
        : await fetchRecord(context, object, ensureGroup, progress);
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
    await recordFailure(context, claimed, problemsOf(error, claimed.guid, progress.stage), progress);
  }
}

function problemsOf(error: unknown, guid: string, stage: ObjectProblem['stage']): ObjectProblem[] {
  if (error instanceof ObjectFailure)
    return [{ message: error.message, stage: error.stage, line: error.line }, ...error.further];
  return [{ message: failureMessage(error, guid), stage }];
}
