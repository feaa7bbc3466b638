import { jobNamed } from '../job/abort.ts';
import type { JobReport } from '../job/report.ts';
import { jobBlock } from './blocks.ts';
import { act, type HarvesterCli, unknownJob } from './context.ts';

/** `harvester report`: how a job, or the newest of a source, went: what came of its records, and every error. */
export async function reportCommand(
  cli: HarvesterCli,
  reference: string,
  { json = false } = {},
): Promise<string[]> {
  const job = await jobNamed(cli.site.db, reference).catch(unknownJob);
  const { id } = job;
  const report: JobReport = await act(cli, 'harvest_job_report', { id });
  if (json) return [JSON.stringify({ id, ...report })];
  const { stats }: { stats: Record<string, number> } = await act(cli, 'harvest_job_show', { id });
  const { null: open = 0, ...outcomes } = stats;
  return [
    ...(await jobBlock(cli.site.db, job)),
    Object.entries({ ...outcomes, ...(open > 0 ? { open } : {}) })
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(', '),
    ...(report.listing_unchanged ? ['The source says that its listing has not changed.'] : []),
    ...Object.values(report.object_errors).flatMap(errorLines),
    ...(report.local_edits ?? []).map(
      ({ name, field }) => `local edit\t${name}\t${field}: changed in the source, too`,
    ),
  ];
}

const errorLines = ({ guid, original_url: url, errors }: JobReport['object_errors'][string]): string[] => [
  [guid, ...(url ? [url] : [])].join('\t'),
  ...errors.map(({ message, line, type }) => `\t${type}: ${line === null ? '' : `line ${line}: `}${message}`),
];
