import type { Mail } from '@portolan/mail';
import type { JobDict } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';
import { jobReport } from '../job/report.ts';
import type { HarvestSite } from '../site.ts';
import { maskConfig } from '../source/secret.rules.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';

const mostErrors = 20;

interface Told {
  job: JobRow;
  dict: JobDict;
  source: Source;
  errored: boolean;
}

/** The mail of a job's end; the labels are those that CKAN's mails have, since filters match them. */
export async function jobMail(
  { db, config }: HarvestSite,
  { job, dict, source, errored }: Told,
): Promise<Omit<Mail, 'to'>> {
  const [owner] = await db.rows<{ name: string }>(`SELECT name FROM "group" WHERE id = $1`, [
    source.owner_org,
  ]);
  const shown = maskConfig(source.config ?? '', parsedConfig(source)).text;
  const lines = [
    `How a harvest on ${config.siteUrl} went`,
    '',
    `Job URL: ${config.siteUrl}/harvest/${source.id}/job/${job.id}`,
    `Harvest Source: ${source.title}`,
    `Harvest Configuration: ${shown || 'Not specified'}`,
    `Organization: ${owner?.name ?? 'Not specified'}`,
    `Harvest Job Id: ${job.id}`,
    `Created: ${dict.created}`,
    `Finished: ${dict.finished ?? ''}`,
    '',
    `Records in Error: ${dict.stats['errored'] ?? 0}`,
    `Records Added: ${dict.stats['added'] ?? 0}`,
    `Records Updated: ${dict.stats['updated'] ?? 0}`,
    `Records Deleted: ${dict.stats['deleted'] ?? 0}`,
    ...(errored ? await errorLines(db, job, dict) : []),
    '',
    '--',
    'Nobody reads answers to this mail.',
  ];
  const subject = errored
    ? `${config.siteTitle} - Harvesting Job - Error Notification`
    : `${config.siteTitle} - Harvesting Job Successful - Summary Notification`;
  return { subject, body: lines.join('\n') };
}

async function errorLines(db: HarvestSite['db'], job: JobRow, dict: JobDict): Promise<string[]> {
  const report = await jobReport(db, job);
  const gather = report.gather_errors.map(({ message }) => message);
  const objects = Object.values(report.object_errors);
  return [
    '',
    `Error Summary: ${dict.stats['errored'] ?? 0} errors`,
    `Job Errors: ${gather.length}`,
    ...gather.slice(0, mostErrors),
    `Document Error: ${objects.length}`,
    ...objects.slice(0, mostErrors).flatMap(({ errors }) => errors.map(({ message }) => message)),
  ];
}
