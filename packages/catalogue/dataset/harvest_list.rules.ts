import type { Config } from '@portolan/kernel';
import type { Params } from '../action/call.ts';
import type { StoredDataset } from './load.ts';

type Settings = Pick<Config, 'profile'>;

/**
 * What data.gov.uk's clients tell a harvested dataset by, beside its extras: a list under `harvest`, in its profile.
 * Source: ckanext-datagovuk.
 */
export function harvestList({ harvest }: StoredDataset, { profile }: Settings): Record<string, unknown> {
  if (profile !== 'datagovuk' || !harvest) return {};
  return {
    harvest: [
      { key: 'harvest_object_id', value: harvest.object_id },
      { key: 'harvest_source_id', value: harvest.source_id },
      { key: 'harvest_source_title', value: harvest.source_title },
    ],
  };
}

/** What a client sends without that list, which it was only told: elsewhere it is a field that nobody knows. */
export function withoutHarvestList(sent: Params, { profile }: Settings): Params {
  if (profile !== 'datagovuk' || !Object.hasOwn(sent, 'harvest')) return sent;
  const { harvest: _told, ...own } = sent;
  return own;
}
