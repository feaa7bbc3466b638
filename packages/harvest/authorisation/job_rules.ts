import { type Call, notAuthorised, type Params } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { jobNamed } from '../job/abort.ts';
import type { JobRow } from '../job/job.repo.ts';
import { assertMayChange } from './source_rules.ts';

/** The job a call is about, by id, or the newest of a source by id or name, for those who may change its source. */
export async function jobToSee(call: Call, params: Params): Promise<JobRow> {
  const { id } = params;
  if (typeof id !== 'string' || id.includes('\0')) throw notFound();
  const job = await jobNamed(call.sql, id);
  await assertMayChange(call, job.source_id, notAuthorised(call, `see jobs from source ${job.source_id}`));
  return job;
}

/** The job that one of Portolan's own actions is about: by id, or the newest of a source by id or name. */
export async function jobToOperate(call: Call, reference: string): Promise<JobRow> {
  if (reference.includes('\0')) throw notFound();
  const job = await jobNamed(call.sql, reference);
  await assertMayChange(call, job.source_id, notAuthorised(call, `update harvest source ${job.source_id}`));
  return job;
}
