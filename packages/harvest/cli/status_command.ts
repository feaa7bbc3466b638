import type { HarvestStatus, JobStatus } from '../status/status.ts';
import { act, type HarvesterCli } from './context.ts';

/** `harvester status`: a line for each job under way, and the sums. */
export async function statusCommand(cli: HarvesterCli, options: { json: boolean }): Promise<string[]> {
  const status: HarvestStatus = await act(cli, 'harvest_status', {});
  if (options.json) return [JSON.stringify(status)];
  return [
    ...status.running.map((job) =>
      [
        job.id,
        job.source ?? job.source_id,
        job.stage,
        `${job.waiting} waiting`,
        `${job.working} working`,
        standing(job),
      ].join('\t'),
    ),
    `running: ${status.running.length}, waiting: ${status.waiting}, working: ${status.working}, stalled: ${status.stalled}`,
    `records per second: ${status.records_per_second.toFixed(1)}, oldest waits since: ${status.oldest_waiting ?? '-'}`,
  ];
}

function standing({ stalled, heartbeat, waits, waits_until: until }: JobStatus): string {
  if (waits !== null) return until === null ? waits : `${waits} until ${until}`;
  return stalled ? `STALLED since ${heartbeat}` : (heartbeat ?? '-');
}
