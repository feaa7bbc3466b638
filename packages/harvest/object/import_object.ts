import { NoRecord, type ObjectContext } from '../driver.ts';
import { isTransient } from '../gather/failure.rules.ts';
import { logOf } from '../log/parts.ts';
import { applyRecords, isNameTaken } from './apply.ts';
import type { ClaimedObject } from './claim.repo.ts';
import { contextOf, fetchRecord, type Progress } from './fetch_record.ts';
import type { ImportContext, PreparedRecord } from './import_context.ts';
import { failedBy } from './record_failure.ts';

const nameAttempts = 3;

/**
 * Fetches, maps and applies one claimed record. Everything that the record itself is to blame for becomes its
 * error; @throws only what is worth another attempt of the whole run.
 */
export async function importObject(context: ImportContext, claimed: ClaimedObject): Promise<void> {
  await applyAlone(context, await prepareRecord(context, claimed));
}

/**
 * Fetches and maps one claimed record. @returns also what the record itself is to blame for
 * @throws what is worth another attempt of the whole run
 */
export async function prepareRecord(context: ImportContext, claimed: ClaimedObject): Promise<PreparedRecord> {
  const { site, driver, source } = context;
  const { id, guid, content, extras } = claimed;
  const listed = claimed.listed ?? 0;
  const object = { id, guid, content, packageId: claimed.package_id, extras };
  if (!driver) {
    const message = `No harvester for source type ${source.type}`;
    return { object, problems: [{ message, stage: 'Import' }] };
  }
  const ensureGroup: ObjectContext['ensureGroup'] = (group) =>
    site.db.transact((tx) => site.writer.createGroup(tx, group));
  if (claimed.action === 'delete')
    return {
      object,
      content: undefined,
      extras: undefined,
      context: contextOf(context, object, ensureGroup),
      mapped: 'gone',
    };
  const progress: Progress = { stage: 'Fetch' };
  try {
    const record = await fetchRecord(context, object, ensureGroup, progress);
    return { ...record, identified: progress.identified ? listed : undefined };
  } catch (error) {
    throwPutOff(context, object.id, error);
    // One that is imported again was a record once, and is not given up.
    if (error instanceof NoRecord && !context.reimport)
      return { object, listed, gatherErrors: error.errors, unidentified: error.unidentified };
    const identified = progress.identified ? listed : undefined;
    const failing = { stage: progress.stage, driver, exists: false };
    return failedBy(error, { object, ...progress, identified }, failing);
  }
}

/** Applies one record; what it is to blame for becomes its error. @throws as `prepareRecord` */
export async function applyAlone(context: ImportContext, record: PreparedRecord): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await applyRecords(context, [record]);
    } catch (error) {
      throwPutOff(context, record.object.id, error);
      if (!('mapped' in record)) throw error;
      // Another writer took the name between our look and our insert; the next look sees it.
      if (attempt < nameAttempts && isNameTaken(error)) continue;
      // What the rules refuse is told already; what is thrown was there.
      const failing = { stage: 'Import', driver: context.driver, exists: true } as const;
      return applyRecords(context, [failedBy(error, record, failing)]);
    }
}

/** @throws the error, when another attempt of the run may do better */
export function throwPutOff({ run, site }: ImportContext, object: string, error: unknown): void {
  if (!run.signal.aborted && !isTransient(error)) return;
  logOf(site.logger, 'harvesters').info({ object, err: error }, 'import of a record is put off');
  throw error;
}
