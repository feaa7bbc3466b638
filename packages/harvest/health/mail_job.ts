import { timestamp } from '@portolan/kernel';
import { presentJob } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import type { Source } from '../source/source.repo.ts';
import type { HealthChange } from './ended.job.ts';
import { errorSet } from './error_set.rules.ts';
import { jobMail } from './job_mail.ts';
import { recipientsOf } from './recipients.ts';

const week = 7 * 86_400_000;

/**
 * Mails how a job went, as `ckan.harvest.status_mail.*` say, and whenever the source's health has changed and errors
 * are mailed at all. The same errors again are mailed once a week at most.
 */
export async function mailJob(
  site: HarvestSite,
  job: JobRow,
  source: Source,
  change: HealthChange | undefined,
): Promise<void> {
  const { harvestMailErrors, harvestMailAll } = site.config;
  if (!harvestMailErrors && !harvestMailAll) return;
  const dict = await presentJob(site.db, job, { summaries: true });
  const errored = (dict.stats['errored'] ?? 0) > 0;
  // The same errors after a job without any are news again.
  if (!errored) await forgetMailed(site, source.id);
  const worthTelling = errored || (change !== undefined && change.before !== null);
  if (!harvestMailAll && !worthTelling) return;
  const errors = JSON.stringify([errorSet(dict.gather_error_summary), errorSet(dict.object_error_summary)]);
  if (errored && !(await isNews(site, source.id, errors))) return;
  const mail = await jobMail(site, { job, dict, source, errored });
  for (const { name, email } of await recipientsOf(site.db, source.owner_org, site.config))
    try {
      await site.mailer.send({ ...mail, to: { name, address: email } });
    } catch (error) {
      logOf(site.logger, 'queue').warn({ job: job.id, err: error }, 'a harvest mail was not sent');
    }
}

/** Whether these errors were not mailed within the last week; they count as mailed now. */
async function isNews(site: HarvestSite, sourceId: string, errors: string): Promise<boolean> {
  const now = site.runtime.now();
  const news = await site.db.rows(
    `INSERT INTO portolan.harvest_source_state AS s (source_id, mailed, mailed_errors) VALUES ($1, $2, $3)
     ON CONFLICT (source_id) DO UPDATE SET mailed = excluded.mailed, mailed_errors = excluded.mailed_errors
       WHERE s.mailed_errors IS DISTINCT FROM excluded.mailed_errors OR s.mailed < $4 RETURNING source_id`,
    [sourceId, timestamp(now), errors, timestamp(now - week)],
  );
  return news.length > 0;
}

const forgetMailed = (site: HarvestSite, sourceId: string): Promise<unknown> =>
  site.db.rows(
    `UPDATE portolan.harvest_source_state SET mailed_errors = NULL WHERE source_id = $1 AND mailed_errors IS NOT NULL`,
    [sourceId],
  );
