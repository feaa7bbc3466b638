import { lockNames, type Tx } from '@portolan/db';
import { PortolanError, timestamp } from '@portolan/kernel';
import type { ObjectProblem } from '../driver.ts';
import { storedIds } from '../gather/batch.ts';
import { logOf } from '../log/parts.ts';
import { guidKey } from '../text/deterministic_id.ts';
import { heldClaims } from './claim.repo.ts';
import { completeRecords, type EndedRecords, reports } from './complete.ts';
import { decideAll, type RefusedRecord } from './decide.ts';
import {
  type FailedRecord,
  type FetchedRecord,
  guidOf,
  type ImportContext,
  isLookedAt,
  type NoSuchRecord,
  type PreparedRecord,
} from './import_context.ts';
import { failedBy } from './record_failure.ts';
import { writeDatasets } from './write_datasets.ts';

/**
 * Applies records in one transaction: datasets with their activities and index notes, the records' outcomes, and which
 * records are current. Either all of it has happened or none; a second attempt finds the claims gone. No two of them
 * have a key in common (`keysOf`).
 * @throws what the database says of any of them, and then nothing of it has happened
 */
export async function applyRecords(
  context: ImportContext,
  records: readonly PreparedRecord[],
): Promise<void> {
  const { site, run } = context;
  const started = timestamp(site.runtime.now());
  await site.db.transact(async (tx) => {
    await run.fence(tx);
    // Two sources, or two runs, that bring the same record take turns.
    const guids = records
      .filter((record) => isFetched(record) && isLookedAt(record))
      .map((record) => guidKey(guidOf(record as FetchedRecord)));
    await lockNames(tx, 'harvest_guid', guids);
    const held = await heldClaims(
      tx,
      records.map(({ object }) => object.id),
      run.id,
    );
    const ours = records.filter(({ object }) => held.has(object.id));
    await tellOfVanished(
      tx,
      context,
      records.flatMap(({ object: { id } }) => (held.has(id) ? [] : [id])),
    );
    const verdicts = await decideAll(tx, context, ours.filter(isFetched));
    const decided = verdicts.filter((one) => 'decision' in one);
    const written = await writeDatasets(tx, context, decided);
    const refused = [...verdicts, ...written].filter((one) => 'error' in one);
    const ended = {
      written: written.filter((one) => 'decision' in one),
      failed: [...ours.filter(isFailed), ...refused.map((one) => refusedRecord(context, one))],
      none: ours.filter(isNone),
      started,
    };
    await completeRecords(tx, context, ended);
    tx.afterCommit(() => tellOf(context, ended));
  });
}

/** A line for each record: what was done with it and why, or what is wrong with it. */
function tellOf({ site, job }: ImportContext, { written, failed, none }: EndedRecords): void {
  const log = logOf(site.logger, 'harvesters');
  for (const { record, decision } of written) {
    const { object, mapped } = record;
    const guid = guidOf(record);
    log.debug(
      { job: job.id, object: object.id, guid, dataset: decision.id, ...decision.plan },
      `record is ${reports[decision.plan.action]}`,
    );
    for (const { message, line } of (typeof mapped === 'object' && mapped.problems) || [])
      log.warn({ job: job.id, object: object.id, ...(line ? { line } : {}) }, errorsFound(guid, message));
  }
  for (const { object, problems } of failed)
    for (const { message, stage, line } of problems)
      log.warn(
        { job: job.id, object: object.id, stage, ...(line ? { line } : {}) },
        failureLine[stage](message, object.guid ?? ''),
      );
  for (const { gatherErrors } of none)
    for (const message of gatherErrors) log.warn({ job: job.id, source: job.source_id }, message);
}

/** As CKAN's harvesters begin the lines that operators look for. */
const errorsFound = (guid: string, message: string) =>
  `Errors found for object with GUID ${guid}: ${message}`;
const failureLine: Record<ObjectProblem['stage'], (message: string, guid: string) => string> = {
  Fetch: (message) => message,
  Import: (message) => `Exception during import: ${message}`,
  Validation: (message, guid) => errorsFound(guid, message),
};

/** Records that were claimed and are gone: their source was cleared meanwhile. */
async function tellOfVanished(tx: Tx, { site, job }: ImportContext, ids: string[]): Promise<void> {
  const there = await storedIds(tx, ids);
  tx.afterCommit(() => {
    for (const id of ids)
      if (!there.has(id))
        logOf(site.logger, 'harvesters').warn({ job: job.id }, `Harvest object does not exist: ${id}`);
  });
}

const isFetched = (record: PreparedRecord): record is FetchedRecord => 'mapped' in record;
const isFailed = (record: PreparedRecord): record is FailedRecord => 'problems' in record;
const isNone = (record: PreparedRecord): record is NoSuchRecord => 'gatherErrors' in record;

function refusedRecord(
  { driver }: ImportContext,
  { record, error, exists = false }: RefusedRecord,
): FailedRecord {
  // The name was free when we looked: the next look sees who took it.
  if (isNameTaken(error)) throw error;
  return failedBy(error, record, { stage: 'Import', driver, exists });
}

/** The unique name of a dataset that two writers drew at the same time. */
export function isNameTaken(error: unknown): boolean {
  if (error instanceof PortolanError)
    return (
      error.code === 'validation' && JSON.stringify(error.fields['name'] ?? '').includes('already in use')
    );
  return (error as { code?: string }).code === '23505';
}
