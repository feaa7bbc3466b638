import { timestamp } from '@portolan/kernel';
import { findJob, type JobRow } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { findSource, type Source } from '../source/source.repo.ts';
import { freezeIfFailing } from './autofreeze.ts';
import { mailFrozen } from './frozen_mail.ts';
import { type Health, healthOf, type Outcome } from './health.rules.ts';
import { mailJob } from './mail_job.ts';
import type { HealthEvent } from './webhook.ts';

/**
 * Tells who wants to know that a job is over: the source's new health by webhook when it has changed, and mail as
 * configured. Nothing that goes wrong here touches the job.
 */
export async function tellOfEnd(site: HarvestSite, run: JobRun, jobId: string): Promise<void> {
  const job = await findJob(site.db, jobId);
  const source = job && (await findSource(site.db, job.source_id));
  if (!job || !source || job.status !== 'Finished') return;
  const changed = await noteHealth(site, run, job, source);
  await quietly(site, job, () => mailJob(site, job, source, changed));
  if (await freezeIfFailing(site, run, source)) await quietly(site, job, () => mailFrozen(site, source));
}

export interface HealthChange {
  before: Health | null;
  after: Health;
}

/** @returns the change, unless there is none or the job has been told of */
async function noteHealth(
  site: HarvestSite,
  run: JobRun,
  job: JobRow,
  source: Source,
): Promise<HealthChange | undefined> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    const fresh = await tx.rows<{ held_deletions: number }>(
      `UPDATE portolan.harvest_job_state SET told = $2 WHERE job_id = $1 AND told IS NULL RETURNING held_deletions`,
      [job.id, timestamp(site.runtime.now())],
    );
    if (!fresh[0]) return undefined;
    const [outcome] = await tx.rows<Omit<Outcome, 'held'>>(
      `SELECT (SELECT count(*) FROM harvest_gather_error WHERE harvest_job_id = $1) AS "gatherErrors",
              count(*) FILTER (WHERE state = 'ERROR') AS failed, count(*) AS records
       FROM harvest_object WHERE harvest_job_id = $1`,
      [job.id],
    );
    if (!outcome) return undefined;
    await tx.rows(
      `UPDATE portolan.harvest_job_state SET records = $2, failed_records = $3 WHERE job_id = $1`,
      [job.id, outcome.records, outcome.failed],
    );
    const after = healthOf({ ...outcome, held: fresh[0].held_deletions });
    tx.afterCommit(() =>
      logOf(site.logger, 'model').info(
        {
          job: job.id,
          source: source.name ?? source.id,
          health: after,
          ...outcome,
          held: fresh[0]?.held_deletions,
        },
        'how the harvest job went',
      ),
    );
    const [state] = await tx.rows<{ health: Health | null }>(
      `SELECT health FROM portolan.harvest_source_state WHERE source_id = $1 FOR UPDATE`,
      [source.id],
    );
    const before = state?.health ?? null;
    if (before === after) return undefined;
    const since = timestamp(site.runtime.now());
    await tx.rows(
      `INSERT INTO portolan.harvest_source_state (source_id, health, health_since) VALUES ($1, $2, $3)
       ON CONFLICT (source_id) DO UPDATE SET health = excluded.health, health_since = excluded.health_since`,
      [source.id, after, since],
    );
    // That a new source works is what everybody expects; that it does not is news.
    if ((before !== null || after !== 'healthy') && site.config.harvestWebhookUrl) {
      const event: HealthEvent = { source: source.id, job: job.id, before, after, since };
      await site.enqueue(tx, 'harvest.webhook', JSON.stringify(event));
    }
    return { before, after };
  });
}

async function quietly(site: HarvestSite, job: JobRow, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    // A mail server or a webhook that is away is no reason to run the job's end again.
    logOf(site.logger, 'queue').warn(
      { job: job.id, err: error },
      'the end of a harvest job could not be told',
    );
  }
}
