import { lockNames, type Tx } from '@portolan/db';
import { PortolanError, timestamp } from '@portolan/kernel';
import { ObjectFailure, type Settlement } from '../driver.ts';
import { type Plan, planRecord } from '../plan.rules.ts';
import { contentHash, deterministicId, guidKey } from '../text/deterministic_id.ts';
import { datasetToWrite } from './dataset.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';
import {
  addObjectErrors,
  type CurrentObject,
  completeObject,
  currentObjects,
  holdsClaim,
} from './object.repo.ts';

/**
 * Applies one record in one transaction: dataset with its activity and index entry, the record's outcome, and
 * which record is current. Either all of it has happened or none; a second attempt finds the claim gone.
 */
export async function applyRecord(context: ImportContext, record: FetchedRecord): Promise<void> {
  const { site, run, source, job } = context;
  const { object, mapped } = record;
  const started = timestamp(site.runtime.now());
  await site.db.transact(async (tx) => {
    await run.fence(tx);
    // Two sources, or two runs, that bring the same record take turns.
    const guid = (typeof mapped === 'object' ? mapped.guid : undefined) ?? object.guid;
    await lockNames(tx, 'harvest_guid', [guidKey(guid)]);
    if (!(await holdsClaim(tx, object.id, run.id))) return;
    const [current] = await currentObjects(tx, source.id, [object.guid]);
    if (mapped === 'unchanged' || mapped === 'ignored')
      return complete(tx, context, record, { plan: { action: 'unchanged', reason: mapped }, started });

    const settled =
      mapped === 'gone' ? undefined : await context.driver?.settle?.(tx, record.context, mapped);
    const id = datasetId(context, record, { current, settled, guid });
    await lockNames(tx, 'harvest_dataset', [id]);
    const existing = await site.writer.find(tx, id);
    const plan = settled
      ? settledPlan(settled, existing !== undefined)
      : planRecord({
          gone: mapped === 'gone',
          force: context.force(object.guid),
          contentHash: contentHash(object.content ?? ''),
          remoteModified: mapped === 'gone' ? undefined : mapped.remoteModified,
          remembered: current && {
            contentHash: current.content_hash,
            remoteModified: current.remote_modified,
          },
          dataset: existing && {
            state: existing.state ?? null,
            modified: existing.metadata_modified ?? null,
          },
          reimport: context.driver?.reimport ?? 'changed',
        });
    site.logger.debug({ job: job.id, object: object.id, dataset: id, ...plan }, 'planned');
    if (mapped !== 'gone' && plan.action !== 'unchanged') {
      if (!settled) await refuseForeign(tx, context, id);
      const dataset = await datasetToWrite(tx, context, { record: mapped, id, existing });
      const options = mapped.freeTags ? { freeTags: true } : {};
      if (existing) await site.writer.update(tx, dataset, options);
      else await site.writer.create(tx, dataset, options);
    }
    if (plan.action === 'delete') await site.writer.delete(tx, id);
    await complete(tx, context, record, { plan, started, id, current });
  });
}

function datasetId(
  { source }: ImportContext,
  { object, mapped }: FetchedRecord,
  known: { current: CurrentObject | undefined; settled: Settlement | undefined; guid: string },
): string {
  if (known.settled?.write && known.settled.packageId) return known.settled.packageId;
  if (typeof mapped === 'object' && mapped.identity === 'remote') {
    if (!mapped.dataset.id) throw new ObjectFailure('The record has no id');
    return mapped.dataset.id;
  }
  // The same id after every crash, and when a record that had gone comes back.
  return (
    object.packageId ??
    known.current?.package_id ??
    deterministicId('dataset', source.id, guidKey(known.guid))
  );
}

function settledPlan(settled: Settlement, exists: boolean): Plan {
  if (!settled.write) return { action: 'unchanged', reason: settled.reason };
  return exists
    ? { action: 'update', reason: 'changed in the source' }
    : { action: 'create', reason: 'new in the source' };
}

/** @throws ObjectFailure when the dataset is another active source's, unless this one may take it over */
async function refuseForeign(tx: Tx, { source }: ImportContext, id: string): Promise<void> {
  const [owner] = await tx.rows<{ name: string | null; title: string | null }>(
    `SELECT p.name, s.title FROM harvest_object o JOIN harvest_source s ON s.id = o.harvest_source_id
     LEFT JOIN package p ON p.id = s.id
     WHERE o.package_id = $1 AND o.current AND s.id <> $2 AND s.active IS NOT FALSE LIMIT 1`,
    [id, source.id],
  );
  if (owner && !/"take_over"\s*:\s*true/.test(source.config ?? ''))
    throw new ObjectFailure(`Dataset ${id} is already harvested from source ${owner.name ?? owner.title}`);
}

const reports = { create: 'added', update: 'updated', unchanged: 'not modified', delete: 'deleted' } as const;

interface Applied {
  plan: Plan;
  started: string;
  id?: string;
  current?: CurrentObject;
}

async function complete(
  tx: Tx,
  { site }: ImportContext,
  record: FetchedRecord,
  applied: Applied,
): Promise<void> {
  const { object, mapped, content, extras } = record;
  const { plan, id, current, started } = applied;
  const wrote = plan.action === 'create' || plan.action === 'update';
  // Before this record becomes current, so that never two are; for a deleted dataset none is.
  if (plan.action !== 'unchanged' && id !== undefined)
    await tx.rows(
      `UPDATE harvest_object SET current = false WHERE package_id = $1 AND current AND id <> $2`,
      [id, object.id],
    );
  const remoteModified = typeof mapped === 'object' ? mapped.remoteModified : undefined;
  // Nothing was remembered of the import that is current: the next job need not compare datasets again.
  const remember = wrote ? object.id : current && current.content_hash === null ? current.id : undefined;
  if (remember !== undefined && object.content !== null)
    await rememberContent(tx, remember, object.content, remoteModified);
  const facts = typeof mapped === 'object' ? mapped : undefined;
  const finished = timestamp(site.runtime.now());
  await addObjectErrors(tx, { id: object.id, now: finished, newId: site.runtime.id }, facts?.problems ?? []);
  await completeObject(tx, object.id, {
    state: 'COMPLETE',
    reportStatus: reports[plan.action],
    packageId: wrote || plan.action === 'delete' ? id : undefined,
    current: wrote,
    content,
    extras,
    guid: facts?.guid,
    metadataDate: facts?.metadataDate,
    started,
    finished,
  });
}

async function rememberContent(
  tx: Tx,
  objectId: string,
  content: string,
  remoteModified: string | undefined,
): Promise<void> {
  await tx.rows(
    `INSERT INTO portolan.harvest_object_state (object_id, content_hash, remote_modified) VALUES ($1, $2, $3)
     ON CONFLICT (object_id) DO UPDATE SET content_hash = excluded.content_hash, remote_modified = excluded.remote_modified`,
    [objectId, contentHash(content), remoteModified ?? null],
  );
}

/** The unique name of a dataset that two writers drew at the same time. */
export function isNameTaken(error: unknown): boolean {
  if (error instanceof PortolanError)
    return (
      error.code === 'validation' && JSON.stringify(error.fields['name'] ?? '').includes('already in use')
    );
  return (error as { code?: string }).code === '23505';
}
