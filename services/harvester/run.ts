import type { Job } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';

export const harvestQueueJobs: Job[] = [];
export async function runHarvester(_opened: OpenSite, _parts: readonly string[]): Promise<{ close(): Promise<void> }> {
  return { close: async () => {} };
}
