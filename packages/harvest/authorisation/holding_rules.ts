import type { Call } from '@portolan/catalogue';
import type { Holding } from '../source/held_deletions.ts';
import { findSourceByReference } from '../source/source.repo.ts';
import { jobToOperate } from './job_rules.ts';
import { sourceToOperate } from './source_rules.ts';

/** The held deletions that a call is about, by a job or a source, for those who may change the source. */
export async function holdingToOperate(call: Call, reference: string): Promise<Holding> {
  if (!reference.includes('\0') && (await findSourceByReference(call.sql, reference)))
    return { sourceId: (await sourceToOperate(call, reference)).id };
  const job = await jobToOperate(call, reference);
  return { sourceId: job.source_id, jobId: job.id };
}
