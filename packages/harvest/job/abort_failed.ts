import type { Tx } from '@portolan/db';
import { invalid, timestamp } from '@portolan/kernel';
import type { HarvestSite } from '../site.ts';
import { abortJob } from './abort.ts';

const day = 86_400_000;
/** Days a job may run, by its source's frequency; the others have the caller's number. */
const limits: Record<string, number> = { DAILY: 1, WEEKLY: 7, BIWEEKLY: 14, MONTHLY: 30 };
const unlimited = new Set(['MANUAL', 'ALWAYS']);

/**
 * Ends jobs that have run for too long. @returns the text that CKAN answers
 * @throws PortolanError `validation` for a source whose frequency says nothing; then none is ended
 */
export async function abortFailedJobs(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime'>,
  options: { days: number; include: string[]; exclude: string[] },
): Promise<string> {
  const now = site.runtime.now();
  const jobs = await tx.rows<{
    id: string;
    source_id: string;
    name: string | null;
    created: string;
    frequency: string | null;
  }>(
    `SELECT j.id, j.source_id, p.name, j.created, s.frequency FROM harvest_job j JOIN harvest_source s ON s.id = j.source_id
     LEFT JOIN package p ON p.id = s.id WHERE j.status = 'Running' AND j.created < $1 ORDER BY j.created`,
    [timestamp(now)],
  );
  const chosen = jobs.filter(({ source_id, name }) => {
    const among = (sources: string[]) => [source_id, name].some((one) => one && sources.includes(one));
    return options.include.length > 0 ? among(options.include) : !among(options.exclude);
  });
  const odd = chosen.find(({ frequency }) => !isKnown(frequency || 'MANUAL'));
  if (odd)
    throw invalid({
      message: `Frequency ${odd.frequency} of source ${odd.name ?? odd.source_id} not recognised; no job was ended`,
    });
  let aborted = 0;
  for (const job of chosen) {
    const days = limits[job.frequency ?? ''] ?? options.days;
    if (now - Date.parse(`${job.created.replace(' ', 'T')}Z`) < days * day) continue;
    await abortJob(tx, site, job.id);
    aborted++;
  }
  return aborted === 0 ? 'There is no jobs to abort' : `Done. Aborted jobs: ${aborted}`;
}

const isKnown = (frequency: string): boolean => frequency in limits || unlimited.has(frequency);
