import type { Tx } from '@portolan/db';
import { addFindings, findClaims } from './finding.repo.ts';
import { findingsOf } from './finding.rules.ts';

/** What the health of a feed tells of records that only their documents have told anything of. */
export async function addReadFindings(
  tx: Tx,
  job: { jobId: string; sourceId: string },
  identified: readonly { guid: string; position: number }[],
  unidentified: readonly { record: string; position: number }[],
): Promise<void> {
  if (identified.length + unidentified.length === 0) return;
  const guids = identified.map(({ guid }) => guid);
  const claims = guids.length > 0 ? await findClaims(tx, job, guids) : [];
  await addFindings(tx, job.jobId, [
    ...findingsOf(identified, claims),
    ...unidentified.map((one) => ({ kind: 'unidentified' as const, ...one })),
  ]);
}
