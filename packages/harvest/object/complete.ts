import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { saveDocuments } from '../conditional/document.repo.ts';
import { madeFor } from '../conditional/validators.rules.ts';
import { addReadFindings } from '../health/read_findings.ts';
import { contentHash } from '../text/deterministic_id.ts';
import type { DecidedRecord, Decision } from './decide.ts';
import { type FailedRecord, guidOf, type ImportContext, type NoSuchRecord } from './import_context.ts';
import { giveUp } from './no_such_record.ts';
import { addObjectErrors, completeObjects, type Outcome } from './object.repo.ts';
import { rememberContents, retire } from './remembered.repo.ts';
import { holdersOf } from './same_fetched.ts';

/** Records whose datasets are as they are to be. */
export interface EndedRecords {
  written: readonly DecidedRecord[];
  failed: readonly FailedRecord[];
  none: readonly NoSuchRecord[];
  /** When their import began. */
  started: string;
}

/** How a record has ended, by what was done with it. */
export const reports = {
  create: 'added',
  update: 'updated',
  unchanged: 'not modified',
  delete: 'deleted',
} as const;

/** Notes how records have ended and which are current, in as many statements for a hundred as for one. */
export async function completeRecords(
  tx: Tx,
  context: ImportContext,
  { written, failed, none, started }: EndedRecords,
): Promise<void> {
  const { site, source, job, reimport } = context;
  await addReadFindings(
    tx,
    { jobId: job.id, sourceId: source.id },
    [...failed, ...written.map(({ record }) => record)].flatMap(({ object, identified }) =>
      identified === undefined ? [] : [{ guid: object.guid ?? '', position: identified }],
    ),
    none.flatMap(({ unidentified, listed }) =>
      unidentified === undefined ? [] : [{ record: unidentified, position: listed }],
    ),
  );
  // Before the new ones become current, so that never two are.
  await retire(
    tx,
    written.flatMap(({ record, decision }) => retiredBy(record.object.id, decision)),
  );
  await remember(tx, written);
  await saveDocuments(
    tx,
    { id: source.id, madeFor: madeFor(source) },
    written.flatMap(({ record }) => {
      const { document, content } = record;
      return document && content !== undefined ? [{ document, guid: guidOf(record), content }] : [];
    }),
  );
  const finished = timestamp(site.runtime.now());
  await giveUp(tx, { jobId: job.id, created: finished }, none);
  await addObjectErrors(tx, { now: finished, newId: site.runtime.id }, [
    ...failed.map(({ object, problems }) => ({ id: object.id, problems })),
    ...written.map(({ record: { object, mapped } }) => ({
      id: object.id,
      problems: (typeof mapped === 'object' ? mapped.problems : undefined) ?? [],
    })),
  ]);
  const again = reimport ?? false;
  const holders = await holdersOf(tx, source.id, written);
  await completeObjects(tx, { started, finished, again }, [
    ...failed.map(
      ({ object, content, extras }): Outcome => ({
        id: object.id,
        state: 'ERROR',
        reportStatus: 'errored',
        guid: object.guid,
        content,
        extras,
      }),
    ),
    ...written.map((one): Outcome => {
      const outcome = outcomeOf(one, again);
      const holder = holders.get(outcome.id);
      return holder === undefined ? outcome : { ...outcome, content: undefined, holder };
    }),
  ]);
}

const hasWritten = ({ plan }: Decision): boolean => plan.action === 'create' || plan.action === 'update';

/** For a deleted dataset no record is current. Of a dataset that was just made none speaks yet. */
const retiredBy = (object: string, { plan, existing, id, retires }: Decision) => [
  ...(plan.action !== 'unchanged' && existing && id !== undefined ? [{ packageId: id, except: object }] : []),
  ...(retires !== undefined ? [{ id: retires }] : []),
];

/** What the next job compares with. */
async function remember(tx: Tx, written: readonly DecidedRecord[]): Promise<void> {
  const remembered: Parameters<typeof rememberContents>[1][number][] = [];
  for (const { record, decision } of written) {
    const { object, mapped } = record;
    const { current, plan } = decision;
    // Nothing was remembered of the import that is current, or other bytes: the next job need not compare again.
    const outdated = current && (current.content_hash === null || decision.same);
    const id = hasWritten(decision) ? object.id : outdated ? current.id : undefined;
    if (id !== undefined && object.content !== null)
      remembered.push({
        id,
        contentHash: contentHash(object.content),
        remoteModified: typeof mapped === 'object' ? mapped.remoteModified : undefined,
        // Why the current record was imported is told by its own job.
        reason: id === object.id ? plan.reason : undefined,
      });
  }
  await rememberContents(tx, remembered);
}

function outcomeOf({ record, decision }: DecidedRecord, again: boolean): Outcome {
  const { object, mapped, content, extras } = record;
  const { plan, id } = decision;
  const wrote = hasWritten(decision);
  const facts = typeof mapped === 'object' ? mapped : undefined;
  return {
    id: object.id,
    state: 'COMPLETE',
    reportStatus: reports[plan.action],
    packageId: wrote || plan.action === 'delete' ? id : undefined,
    // A record that is imported again and needs no change stays the current one.
    current: wrote || !again ? wrote : undefined,
    content,
    extras,
    guid: facts?.guid,
    metadataDate: facts?.metadataDate,
    // What was planned for a reason may have turned out otherwise, once its content was there.
    reason: again ? undefined : plan.reason,
  };
}
