import { lockNames, type Tx } from '@portolan/db';
import { PortolanError, timestamp } from '@portolan/kernel';
import { saveDocuments } from '../conditional/document.repo.ts';
import { madeFor } from '../conditional/validators.rules.ts';
import { contentHash, guidKey } from '../text/deterministic_id.ts';
import { type Decision, decide } from './decide.ts';
import type { FetchedRecord, ImportContext } from './import_context.ts';
import { addObjectErrors, completeObject, holdsClaim } from './object.repo.ts';
import { writeDataset } from './write_dataset.ts';

/**
 * Applies one record in one transaction: dataset with its activity and index entry, the record's outcome, and
 * which record is current. Either all of it has happened or none; a second attempt finds the claim gone.
 */
export async function applyRecord(context: ImportContext, record: FetchedRecord): Promise<void> {
  const { site, run, job } = context;
  const { object, mapped } = record;
  const started = timestamp(site.runtime.now());
  await site.db.transact(async (tx) => {
    await run.fence(tx);
    // Two sources, or two runs, that bring the same record take turns.
    const guid = (typeof mapped === 'object' ? mapped.guid : undefined) ?? object.guid;
    await lockNames(tx, 'harvest_guid', [guidKey(guid)]);
    if (!(await holdsClaim(tx, object.id, run.id))) return;
    const decision = await decide(tx, context, record);
    site.logger.debug({ job: job.id, object: object.id, dataset: decision.id, ...decision.plan }, 'planned');
    await writeDataset(tx, context, record, decision);
    await complete(tx, context, record, { ...decision, started });
  });
}

const reports = { create: 'added', update: 'updated', unchanged: 'not modified', delete: 'deleted' } as const;

interface Applied extends Decision {
  started: string;
}

async function complete(
  tx: Tx,
  { site, source, reimport }: ImportContext,
  record: FetchedRecord,
  applied: Applied,
): Promise<void> {
  const { object, mapped, content, extras, document } = record;
  const { plan, id, current, started } = applied;
  const wrote = plan.action === 'create' || plan.action === 'update';
  // Before this record becomes current, so that never two are; for a deleted dataset none is. Of a dataset that was
  // just made no record speaks yet.
  if (plan.action !== 'unchanged' && applied.existing && id !== undefined)
    await tx.prepared(
      'harvest_none_current',
      `UPDATE harvest_object SET current = false WHERE package_id = $1 AND current AND id <> $2`,
      [id, object.id],
    );
  const remoteModified = typeof mapped === 'object' ? mapped.remoteModified : undefined;
  // Nothing was remembered of the import that is current, or other bytes: the next job need not compare again.
  const outdated = current && (current.content_hash === null || applied.same);
  const remember = wrote ? object.id : outdated ? current.id : undefined;
  if (remember !== undefined && object.content !== null)
    await rememberContent(tx, remember, object.content, {
      remoteModified,
      // Why the current record was imported is told by its own job.
      reason: remember === object.id ? plan.reason : null,
    });
  // What was planned for a reason may have turned out otherwise, once its content was there.
  if (remember !== object.id && !reimport)
    await tx.prepared(
      'harvest_note_reason',
      `UPDATE portolan.harvest_object_state SET reason = $2 WHERE object_id = $1`,
      [object.id, plan.reason],
    );
  const facts = typeof mapped === 'object' ? mapped : undefined;
  if (document && content !== undefined)
    await saveDocuments(tx, { id: source.id, madeFor: madeFor(source) }, [
      { document, guid: facts?.guid ?? object.guid, content },
    ]);
  const finished = timestamp(site.runtime.now());
  await addObjectErrors(tx, { id: object.id, now: finished, newId: site.runtime.id }, facts?.problems ?? []);
  await completeObject(tx, object.id, {
    state: 'COMPLETE',
    reportStatus: reports[plan.action],
    packageId: wrote || plan.action === 'delete' ? id : undefined,
    // A record that is imported again and needs no change stays the current one.
    current: wrote || !reimport ? wrote : undefined,
    again: reimport,
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
  facts: { remoteModified: string | undefined; reason: string | null },
): Promise<void> {
  await tx.prepared(
    'harvest_remember_content',
    `INSERT INTO portolan.harvest_object_state AS s (object_id, content_hash, remote_modified, reason) VALUES ($1, $2, $3, $4)
     ON CONFLICT (object_id) DO UPDATE SET content_hash = excluded.content_hash,
       remote_modified = excluded.remote_modified, reason = coalesce(excluded.reason, s.reason)`,
    [objectId, contentHash(content), facts.remoteModified ?? null, facts.reason],
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
