import { PortolanError } from '@portolan/kernel';
import { findJob, listJobs, newestJob } from '../job/job.repo.ts';
import { runWholeJob } from '../job/run_whole.ts';
import { openPreviews } from '../preview/preview.repo.ts';
import { runSchedule } from '../schedule/schedule.ts';
import { jobBlock } from './blocks.ts';
import { act, type HarvesterCli, HarvesterCliFailure, sentence, unknownJob } from './context.ts';
import { sourceNamed } from './source_commands.ts';

/** `harvester job`: makes a job and starts it. */
export async function createJobCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const { site } = cli;
  const source = await sourceNamed(cli, reference);
  const { id } = await act(cli, 'harvest_job_create', { source_id: source.id }).catch(refused);
  const fresh = await listJobs(site.db, { status: 'New' });
  return [...(await blockOf(cli, id)), sentence(fresh.length, 'new harvest job')];
}

/** `harvester jobs`: of all sources or of one, newest first. */
export async function listJobsCommand(
  cli: HarvesterCli,
  { source, json = false }: { source?: string; json?: boolean } = {},
): Promise<string[]> {
  const { site } = cli;
  const sourceId = source === undefined ? undefined : (await sourceNamed(cli, source)).id;
  if (json) {
    const told: object[] = await act(cli, 'harvest_job_list', { source_id: sourceId });
    return told.map((job) => JSON.stringify(job));
  }
  const jobs = await listJobs(site.db, sourceId === undefined ? {} : { sourceId });
  const lines: string[] = [];
  for (const job of jobs) lines.push(...(await jobBlock(site.db, job)));
  lines.push(sentence(jobs.length, 'harvest job'));
  return lines;
}

/** `harvester job-abort`: a job, or the newest job of a source. */
export async function abortJobCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const job = await act(cli, 'harvest_job_abort', { id: reference }).catch(unknownJob);
  return [`Job status: ${job.status}`];
}

/** `harvester run`: what the scheduler does every minute. */
export async function runCommand({ harvest }: HarvesterCli): Promise<string[]> {
  await runSchedule(harvest);
  return [];
}

/** `harvester purge-queues`: forgets all work that waits; the jobs it belonged to are ended, not left open for ever. */
export async function purgeQueuesCommand(cli: HarvesterCli): Promise<string[]> {
  const jobs = await listJobs(cli.site.db, { status: 'Running' });
  for (const { id } of jobs) await act(cli, 'harvest_job_abort', { id });
  for (const id of await openPreviews(cli.site.db)) await act(cli, 'harvest_preview_abort', { id });
  return [`Purged the queues: ${jobs.length} running job${jobs.length === 1 ? '' : 's'} ended`];
}

export interface RunTestOptions {
  /** A text that holds the GUIDs to import, whether or not they have changed; the others stay as they wait. */
  forceImport?: string;
  /** Whether to end a job that runs already; without it that is a failure. */
  abortRunning?: boolean;
  /** The job as `harvest_job_show` answers it instead of its block. */
  json?: boolean;
  signal: AbortSignal;
}

/** `harvester run-test`: a whole harvest in this process. It writes for real. */
export async function runTestCommand(
  cli: HarvesterCli,
  reference: string,
  options: RunTestOptions,
): Promise<string[]> {
  const { site, harvest } = cli;
  const source = await sourceNamed(cli, reference);
  const newest = await newestJob(site.db, source.id);
  if (newest?.status === 'Running') {
    if (!options.abortRunning) throw new JobRunning(newest.id);
    await act(cli, 'harvest_job_abort', { id: newest.id });
  }
  const { id } =
    newest?.status === 'New'
      ? newest
      : await act(cli, 'harvest_job_create', { source_id: source.id, run: false }).catch(refused);
  const { forceImport } = options;
  const chosen =
    forceImport === undefined ? undefined : (guid: string) => guid !== '' && forceImport.includes(guid);
  await runWholeJob(harvest, id, options.signal, chosen ? { only: chosen, force: chosen } : {});
  await runSchedule(harvest, { sourceId: source.id, signal: options.signal });
  return options.json ? [JSON.stringify(await act(cli, 'harvest_job_show', { id }))] : blockOf(cli, id);
}

async function blockOf({ site }: HarvesterCli, id: string): Promise<string[]> {
  const job = await findJob(site.db, id);
  return job ? jobBlock(site.db, job) : [];
}

/** The source has a job under way: ask `Abort it? (y/n)` and come back with `abortRunning`. */
export class JobRunning extends HarvesterCliFailure {
  constructor(id: string) {
    super(`There is already a Running harvest job (${id}) for this source.`);
  }
}

/** A job that cannot be made is the operator's to hear about. */
function refused(error: unknown): never {
  const message = error instanceof PortolanError ? error.fields['message'] : undefined;
  if (typeof message === 'string') throw new HarvesterCliFailure(message);
  throw error;
}
