import { auditedCall, noteAudit } from '@portolan/catalogue';
import { timestamp } from '@portolan/kernel';
import { closeEndedElsewhere } from '../job/ended_elsewhere.ts';
import { finishIfDone } from '../job/finish.ts';
import { createJob, isPendingJob } from '../job/start.ts';
import { logOf } from '../log/parts.ts';
import { forgetHosts } from '../politeness/circuit.repo.ts';
import { reconcilePreviews } from '../preview/reconcile.ts';
import type { ScheduleSite } from '../site.ts';
import { isQuiet } from '../source/quiet_hours.rules.ts';
import { dueSources, parsedConfig, type Source } from '../source/source.repo.ts';
import { forgetMinutes } from '../status/throughput.ts';
import { nextRun } from '../text/frequency.rules.ts';
import { reconcileJob } from './reconcile.ts';
import { endIfTimedOut } from './timeout.ts';

const log = (site: Pick<ScheduleSite, 'logger'>) => logOf(site.logger, 'queue');

/**
 * What has to happen from time to time, and never harms: makes the jobs of sources that are due (not when one
 * source is asked for), gives lost work to the queue again, ends jobs that are done or stand still.
 * Source: CKAN's harvest_jobs_run.
 */
export async function runSchedule(
  site: ScheduleSite,
  options: { sourceId?: string; signal?: AbortSignal } = {},
): Promise<void> {
  if (options.sourceId === undefined) {
    await startDueJobs(site, options.signal);
    await isolated(site, {}, async () => {
      await forgetHosts(site.db);
      await forgetMinutes(site.db);
    });
    await isolated(site, {}, () => reconcilePreviews(site));
  }
  await isolated(site, {}, () =>
    closeEndedElsewhere(site, options.sourceId, (job, close) => isolated(site, { job }, close)),
  );
  for await (const jobId of runningJobs(site, options.sourceId)) {
    options.signal?.throwIfAborted();
    await isolated(site, { job: jobId }, async () => {
      await reconcileJob(site, jobId);
      if (!(await finishIfDone(site, jobId))) await endIfTimedOut(site, jobId);
    });
  }
}

const page = 100;

async function startDueJobs(site: ScheduleSite, signal: AbortSignal | undefined): Promise<void> {
  const now = site.runtime.now();
  let after = '';
  for (;;) {
    const due = await dueSources(site.db, timestamp(now), after, page);
    for (const source of due) {
      signal?.throwIfAborted();
      // Its turn comes when the hours are over: `next_run` stays.
      if (isQuiet(parsedConfig(source), now)) continue;
      await isolated(site, { source: source.id }, () => startDue(site, source, now));
    }
    if (due.length < page) return;
    after = due.at(-1)?.id ?? '';
  }
}

/** Nobody asked for the jobs of a schedule: the source's frequency did. */
const scheduler = { via: 'harvester', user: undefined } as const;

/** `next_run` advances also when the source still has a job under way, and when none can be made. */
async function startDue(site: ScheduleSite, source: Source, now: number): Promise<void> {
  await site.db.transact(async (tx) => {
    const next = nextRun(source.frequency, now);
    // The row decides between two schedulers: the second finds it moved on.
    const mine = await tx.rows(
      `UPDATE harvest_source SET next_run = $2 WHERE id = $1 AND (next_run IS NULL OR next_run <= $3) RETURNING id`,
      [source.id, next === undefined ? null : timestamp(next), timestamp(now)],
    );
    if (mine.length === 0 || next === undefined) return;
    try {
      const { id } = await createJob(tx, site, source.id, { run: true });
      const asked = { source_id: source.id, frequency: source.frequency };
      await noteAudit(tx, auditedCall('harvest_job_create', scheduler, asked), 'done', [id]);
      tx.afterCommit(() => log(site).info({ source: source.name ?? source.id, job: id }, 'source is due'));
    } catch (error) {
      if (!isPendingJob(error)) throw error;
      log(site).info({ source: source.id }, 'source is due, but has a job under way');
    }
  });
}

async function* runningJobs(site: ScheduleSite, sourceId: string | undefined): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const jobs = await site.db.rows<{ id: string }>(
      `SELECT id FROM harvest_job WHERE status = 'Running' AND ($1::text IS NULL OR source_id = $1) AND id > $2
       ORDER BY id LIMIT ${page}`,
      [sourceId ?? null, after],
    );
    for (const { id } of jobs) yield id;
    if (jobs.length < page) return;
    after = jobs.at(-1)?.id ?? '';
  }
}

/** One source's trouble is not the others'. */
async function isolated(site: ScheduleSite, about: object, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log(site).error({ ...about, err: error }, 'scheduling failed');
  }
}
