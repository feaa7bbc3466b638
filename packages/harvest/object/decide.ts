import type { Tx } from '@portolan/db';
import { lockNames } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import { ObjectFailure, type Settlement } from '../driver.ts';
import { logOf } from '../log/parts.ts';
import { type Plan, planRecord } from '../plan.rules.ts';
import { contentHash, deterministicId, guidKey } from '../text/deterministic_id.ts';
import { formerDatasets } from './former.repo.ts';
import { type FetchedRecord, guidOf, type ImportContext, isLookedAt } from './import_context.ts';
import { type CurrentObject, currentObjects } from './object.repo.ts';

/** What is to become of a record, before anything is written. */
export interface Decision {
  plan: Plan;
  /** Of the dataset; none for a record that is not looked at. */
  id?: string;
  /** The dataset as it is, whatever its state. */
  existing?: DatasetDict | undefined;
  /** The source's record that is current for it. */
  current?: CurrentObject | undefined;
  /** The record says what the current one says, in other bytes. */
  same?: boolean;
  /** Another record that is current no more once this one is written. */
  retires?: string | undefined;
}

export interface DecidedRecord {
  record: FetchedRecord;
  decision: Decision;
}

/** A record that is refused. */
export interface RefusedRecord {
  record: FetchedRecord;
  error: unknown;
  /** Its dataset is there already. */
  exists?: boolean;
}

/** Two records of a batch turn out to be of one dataset: one has to see what the other has done. */
export class SameDataset extends Error {}

/**
 * Decides about records against the catalogue as the transaction sees it, in as many statements for a hundred as for
 * one; locks their datasets, writes nothing. @throws SameDataset
 */
export async function decideAll(
  tx: Tx,
  context: ImportContext,
  records: readonly FetchedRecord[],
): Promise<(DecidedRecord | RefusedRecord)[]> {
  const { subjects, refused } = await subjectsOf(tx, context, records.filter(isLookedAt));
  const ids = subjects.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new SameDataset('Two records are of one dataset');
  await lockNames(tx, 'harvest_dataset', ids);
  const existing = await context.site.writer.findMany(tx, ids);
  const decided = subjects.map(({ record, ...subject }) => ({
    record,
    decision: decisionOf(context, record, subject, existing.get(subject.id)),
  }));
  const foreign = await foreignDatasets(tx, context, decided);
  return [
    ...records
      .filter((record) => !isLookedAt(record))
      .map((record) => ({ record, decision: { plan: leftAlone(record) } })),
    ...refused,
    ...decided.map((one) => {
      const error = foreign.get(one.decision.id);
      return error ? { record: one.record, error } : one;
    }),
  ];
}

/** Like `decideAll`, for one. @throws ObjectFailure */
export async function decide(tx: Tx, context: ImportContext, record: FetchedRecord): Promise<Decision> {
  const [one] = await decideAll(tx, context, [record]);
  if (!one || 'error' in one) throw one?.error;
  return one.decision;
}

const reasonsToLeave: Partial<Record<string, string>> = {
  unchanged: 'its server says that it has not changed',
  same: 'same content',
};

const leftAlone = ({ mapped }: FetchedRecord): Plan => ({
  action: 'unchanged',
  reason: (typeof mapped === 'string' && reasonsToLeave[mapped]) || String(mapped),
});

/** What is known of a record's dataset without looking at it. */
interface Subject {
  id: string;
  current: CurrentObject | undefined;
  settled: Settlement | undefined;
}

async function subjectsOf(
  tx: Tx,
  context: ImportContext,
  records: readonly FetchedRecord[],
): Promise<{ subjects: (Subject & { record: FetchedRecord })[]; refused: RefusedRecord[] }> {
  const subjects: (Subject & { record: FetchedRecord })[] = [];
  const refused: RefusedRecord[] = [];
  if (records.length === 0) return { subjects, refused };
  const guids = records.map(({ object }) => object.guid);
  const currents = await currentObjects(tx, context.source.id, guids);
  const byGuid = new Map(currents.map((current) => [current.guid, current]));
  // Of a database that was taken over: the latest is the one that goes on.
  for (const { guid, several } of currents)
    if (several)
      logOf(context.site.logger, 'harvesters').warn(
        { job: context.job.id, source: context.source.id },
        `Found more than one dataset with the same guid: ${guid}`,
      );
  const settlements = await settle(tx, context, records);
  const former = await formerDatasets(
    tx,
    context,
    guids.filter((guid) => !byGuid.has(guid)),
  );
  for (const record of records) {
    const current = byGuid.get(record.object.guid);
    const settled = settlements.get(record);
    const error = settled instanceof Error ? settled : idProblem(record);
    if (error) refused.push({ record, error });
    else if (!(settled instanceof Error))
      subjects.push({
        record,
        current,
        settled,
        id: datasetId(context, record, { current, settled, former: former.get(record.object.guid) }),
      });
  }
  return { subjects, refused };
}

async function settle(
  tx: Tx,
  { driver }: ImportContext,
  records: readonly FetchedRecord[],
): Promise<Map<FetchedRecord, Settlement | ObjectFailure | undefined>> {
  const mapped = records.flatMap((record) =>
    typeof record.mapped === 'object' ? [{ record, context: record.context, mapped: record.mapped }] : [],
  );
  const settlements = mapped.length > 0 ? await driver?.settle?.(tx, mapped) : undefined;
  return new Map(mapped.map(({ record }, index) => [record, settlements?.[index]]));
}

const idProblem = ({ mapped }: FetchedRecord): ObjectFailure | undefined =>
  typeof mapped === 'object' && mapped.identity === 'remote' && !mapped.dataset.id
    ? new ObjectFailure('The record has no id')
    : undefined;

function datasetId(
  { source }: ImportContext,
  record: FetchedRecord,
  { current, settled, former }: Omit<Subject, 'id'> & { former: string | undefined },
): string {
  const { object, mapped } = record;
  if (settled?.write && settled.packageId) return settled.packageId;
  if (typeof mapped === 'object' && mapped.identity === 'remote' && mapped.dataset.id)
    return mapped.dataset.id;
  // The same id after every crash, and when a record that had gone comes back.
  return (
    object.packageId ??
    current?.package_id ??
    former ??
    deterministicId('dataset', source.id, guidKey(guidOf(record)))
  );
}

function decisionOf(
  context: ImportContext,
  { object, mapped }: FetchedRecord,
  { id, current, settled }: Subject,
  existing: DatasetDict | undefined,
): Decision {
  const plan = settled
    ? settledPlan(settled, existing !== undefined)
    : planRecord({
        gone: mapped === 'gone',
        force: context.force(object.guid),
        contentHash: contentHash(object.content ?? ''),
        remoteModified: typeof mapped === 'object' ? mapped.remoteModified : undefined,
        remembered: current && {
          contentHash: current.content_hash,
          remoteModified: current.remote_modified,
        },
        dataset: existing && { state: existing.state ?? null, modified: existing.metadata_modified ?? null },
        reimport: context.driver?.reimport ?? 'changed',
      });
  return {
    plan,
    id,
    existing,
    current,
    same: settled?.write === false && settled.same === true,
    retires: settled?.write ? settled.retires : undefined,
  };
}

function settledPlan(settled: Settlement, exists: boolean): Plan {
  if (!settled.write) return { action: 'unchanged', reason: settled.reason };
  return exists
    ? { action: 'update', reason: 'changed in the source' }
    : { action: 'create', reason: 'new in the source' };
}

/**
 * Which of the datasets that would be written are another active source's, unless this one may take them over. A driver
 * that settles has seen to it.
 */
async function foreignDatasets(
  tx: Tx,
  { source, driver }: ImportContext,
  decided: readonly DecidedRecord[],
): Promise<Map<string | undefined, ObjectFailure>> {
  const ids = decided
    .filter(({ record, decision }) => record.mapped !== 'gone' && decision.plan.action !== 'unchanged')
    .map(({ decision }) => decision.id);
  if (driver?.settle || ids.length === 0 || /"take_over"\s*:\s*true/.test(source.config ?? ''))
    return new Map();
  const owners = await tx.rows<{ id: string; name: string | null; title: string | null }>(
    `SELECT DISTINCT ON (o.package_id) o.package_id AS id, p.name, s.title
     FROM harvest_object o JOIN harvest_source s ON s.id = o.harvest_source_id LEFT JOIN package p ON p.id = s.id
     WHERE o.package_id = ANY ($1) AND o.current AND s.id <> $2 AND s.active IS NOT FALSE`,
    [ids, source.id],
  );
  return new Map(
    owners.map(({ id, name, title }) => [
      id,
      new ObjectFailure(`Dataset ${id} is already harvested from source ${name ?? title}`),
    ]),
  );
}
