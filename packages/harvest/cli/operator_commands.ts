import type { JobPlan } from '../job/planned.ts';
import { act, type HarvesterCli, sentence, unknownJob } from './context.ts';
import { sourceNamed } from './source_commands.ts';

/** `harvester source freeze` */
export async function freezeSourceCommand(
  cli: HarvesterCli,
  reference: string,
  reason: string,
): Promise<string[]> {
  const { id } = await sourceNamed(cli, reference);
  await act(cli, 'harvest_source_freeze', { id, reason });
  return [`Frozen harvest source: ${reference}`];
}

/** `harvester source unfreeze` */
export async function unfreezeSourceCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const { id } = await sourceNamed(cli, reference);
  await act(cli, 'harvest_source_unfreeze', { id });
  return [`Unfrozen harvest source: ${reference}`];
}

export interface PlanOptions {
  action?: string;
  limit: number;
  json: boolean;
}

/** `harvester plan`: what a job, or the newest of a source, is going to do. A page of records is read at a time. */
export async function* planCommand(
  cli: HarvesterCli,
  reference: string,
  { action, limit, json }: PlanOptions,
): AsyncGenerator<string> {
  const page = 1000;
  for (let offset = 0; ; offset += page) {
    const size = Math.min(page, limit - offset);
    const plan: JobPlan = await act(cli, 'harvest_job_plan', {
      id: reference,
      action,
      offset,
      limit: size,
    }).catch(unknownJob);
    const { records, ...counts } = plan;
    for (const record of records)
      yield json
        ? JSON.stringify(record)
        : [record.action, record.guid, record.outcome ?? '', record.reason ?? ''].join('\t');
    if (records.length === page && offset + page < limit) continue;
    yield json ? JSON.stringify(counts) : planSummary(plan);
    return;
  }
}

const planSummary = (plan: JobPlan): string =>
  [
    `Job ${plan.job} (${plan.status}): ${plan.create} to create, ${plan.update} to update,`,
    `${plan.compare} to compare once fetched, ${plan.unchanged} unchanged, ${plan.delete} to delete, ${plan.held} held back.`,
    ...(plan.listing_unchanged ? ['The source says that its listing has not changed.'] : []),
    ...(plan.complete ? [] : ['The source is still being listed; nothing is applied before its end.']),
  ].join(' ');

/** `harvester job-pause` and `harvester job-resume`: a job, or the newest of a source. */
export async function holdJobCommand(
  cli: HarvesterCli,
  reference: string,
  step: 'pause' | 'resume',
): Promise<string[]> {
  const job = await act(cli, `harvest_job_${step}`, { id: reference }).catch(unknownJob);
  return [`Job ${step === 'pause' ? 'paused' : 'resumed'}: ${job.id}`];
}

/** `harvester deletions`: what the guard holds back, of one source or of all. */
export async function listDeletionsCommand(
  cli: HarvesterCli,
  reference: string | undefined,
  { json = false } = {},
): Promise<string[]> {
  const lines: string[] = [];
  for (let offset = 0; ; ) {
    const held = await act(cli, 'harvest_held_deletion_list', { source_id: reference, offset });
    for (const deletion of held) {
      const { source_id, guid, name, created } = deletion;
      lines.push(json ? JSON.stringify(deletion) : `${source_id}\t${name ?? ''}\t${guid}\t${created}`);
    }
    offset += held.length;
    if (held.length === 0) return json ? lines : [...lines, sentence(offset, 'held deletion')];
  }
}

/** `harvester deletions-release`: deletes them, by a job of their own. */
export async function releaseDeletionsCommand(
  cli: HarvesterCli,
  reference: string,
  { confirm = true } = {},
): Promise<string[]> {
  const {
    released,
    held,
    job_id: job,
  } = await act(cli, 'harvest_job_deletions_release', { id: reference, confirm }).catch(unknownJob);
  if (!confirm) return [`Deletions to release: ${held}`];
  return [`Released deletions: ${released}${job ? ` (job ${job})` : ''}`];
}

/** `harvester deletions-dismiss`: keeps the datasets. */
export async function dismissDeletionsCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const { dismissed } = await act(cli, 'harvest_job_deletions_dismiss', { id: reference }).catch(unknownJob);
  return [`Dismissed deletions: ${dismissed}`];
}
