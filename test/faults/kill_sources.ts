import type { Cluster } from '../processes/cluster.ts';
import { stepsOfCycle } from './changing_records.ts';
import type { ChangingSource } from './changing_sources.ts';
import { insist } from './client.ts';
import type { Harvested } from './harvest_outcome.ts';

/** Makes the sources, each with an organisation of its own. @returns their ids, by name */
export async function makeSources(
  cluster: Cluster,
  sources: readonly ChangingSource[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, type, url, config } of sources) {
    await insist(cluster, 'organization_create', { name });
    const made = await insist(cluster, 'harvest_source_create', {
      name: `harvest-${name}`,
      url,
      source_type: type,
      owner_org: name,
      config: JSON.stringify(config),
    });
    ids.set(name, made.result.id as string);
  }
  return ids;
}

/**
 * At which step of its cycle a source is in a round: a round has all of them. Undefined in the first rounds, before the
 * source's first cycle begins.
 */
export const stepIn = (round: number, source: number): number | undefined =>
  round < (stepsOfCycle - (source % stepsOfCycle)) % stepsOfCycle
    ? undefined
    : (round + source) % stepsOfCycle;

/** A source at a step of its cycle. */
export interface Step {
  source: ChangingSource;
  step: number;
}

/** Has the sources harvested as they are at these steps; one whose cycle begins is cleared before. */
export async function beginHarvests(
  cluster: Cluster,
  ids: ReadonlyMap<string, string>,
  steps: readonly Step[],
): Promise<Harvested[]> {
  for (const { source, step } of steps) {
    source.step = step;
    if (step === 0) await insist(cluster, 'harvest_source_clear', { id: ids.get(source.name) });
  }
  const harvested: Harvested[] = [];
  for (const { source, step } of steps) {
    const id = ids.get(source.name) ?? '';
    const { result } = await insist(cluster, 'harvest_job_create', { source_id: id });
    harvested.push({ name: source.name, step, id, jobId: result.id });
  }
  return harvested;
}
