import type { Tx } from '@portolan/db';
import { lockNames } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import { ObjectFailure, type Settlement } from '../driver.ts';
import { type Plan, planRecord } from '../plan.rules.ts';
import { contentHash, deterministicId, guidKey } from '../text/deterministic_id.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';
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
}

/** Decides about one record against the catalogue as the transaction sees it; locks its dataset, writes nothing. */
export async function decide(tx: Tx, context: ImportContext, record: FetchedRecord): Promise<Decision> {
  const { site, source } = context;
  const { object, mapped } = record;
  const [current] = await currentObjects(tx, source.id, [object.guid]);
  if (mapped === 'unchanged')
    return { plan: { action: 'unchanged', reason: 'its server says that it has not changed' } };
  if (mapped === 'ignored') return { plan: { action: 'unchanged', reason: mapped } };
  const settled = mapped === 'gone' ? undefined : await context.driver?.settle?.(tx, record.context, mapped);
  const id = datasetId(context, record, { current, settled });
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
        dataset: existing && { state: existing.state ?? null, modified: existing.metadata_modified ?? null },
        reimport: context.driver?.reimport ?? 'changed',
      });
  if (!settled && mapped !== 'gone' && plan.action !== 'unchanged') await refuseForeign(tx, context, id);
  return { plan, id, existing, current, same: settled?.write === false && settled.same === true };
}

function datasetId(
  { source }: ImportContext,
  { object, mapped }: FetchedRecord,
  known: { current: CurrentObject | undefined; settled: Settlement | undefined },
): string {
  if (known.settled?.write && known.settled.packageId) return known.settled.packageId;
  if (typeof mapped === 'object' && mapped.identity === 'remote') {
    if (!mapped.dataset.id) throw new ObjectFailure('The record has no id');
    return mapped.dataset.id;
  }
  const guid = (typeof mapped === 'object' ? mapped.guid : undefined) ?? object.guid;
  // The same id after every crash, and when a record that had gone comes back.
  return (
    object.packageId ?? known.current?.package_id ?? deterministicId('dataset', source.id, guidKey(guid))
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
