import type { Cluster } from '../processes/cluster.ts';
import { insist } from './client.ts';

/** Makes a source and asks for a run; returns the job's id. */
export async function harvest(cluster: Cluster, url: string): Promise<string> {
  await insist(cluster, 'organization_create', { name: 'tea' });
  const made = await insist(cluster, 'harvest_source_create', {
    name: 'mock',
    url,
    source_type: 'dcat_json',
    owner_org: 'tea',
  });
  return (await insist(cluster, 'harvest_job_create', { source_id: made.result.id })).result.id;
}

export const job = async (cluster: Cluster, id: string) =>
  (await insist(cluster, 'harvest_job_show', { id })).result;
