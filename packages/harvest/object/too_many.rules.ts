import type { Config } from '@portolan/kernel';
import type { DatasetDict } from '../dataset_writer.ts';
import { ObjectFailure } from '../driver.ts';

/** What a dataset may have, and the setting that says how many. */
const bounded = [
  { key: 'resources', setting: 'harvestMaxResources', named: 'portolan.harvest.max_resources' },
  { key: 'tags', setting: 'harvestMaxEntries', named: 'portolan.harvest.max_entries' },
  { key: 'extras', setting: 'harvestMaxEntries', named: 'portolan.harvest.max_entries' },
  { key: 'groups', setting: 'harvestMaxEntries', named: 'portolan.harvest.max_entries' },
] as const;

/** A dataset of so many parts stops whoever shows it. @throws ObjectFailure */
export function refuseTooMany(
  dataset: DatasetDict,
  config: Pick<Config, 'harvestMaxResources' | 'harvestMaxEntries'>,
): void {
  for (const { key, setting, named } of bounded) {
    const value: unknown = dataset[key];
    const count = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
    if (count > config[setting])
      throw new ObjectFailure(`The record has ${count} ${key}, more than ${config[setting]} (${named})`);
  }
}
