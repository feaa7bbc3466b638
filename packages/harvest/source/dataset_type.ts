import type { DatasetType } from '@portolan/catalogue';
import { maySeeSecrets } from '../authorisation/source_rules.ts';
import { maskConfig } from './secret.rules.ts';
import { presentSource, sourceStatus } from './source.presenter.ts';
import { parsedConfig } from './source.repo.ts';
import { prepareSource, switchOff } from './write.ts';

/**
 * Datasets of type `harvest` are sources: whatever action writes them, their row of harvest_source keeps in step.
 * Source: ckanext-harvest, spec/harvesting 3.
 */
export const harvestSourceType: DatasetType = {
  present: (stored) => presentSource(stored, { secrets: false }),
  indexed: (stored) => ({
    ...stored,
    extras: stored.extras.map(({ key, value }) =>
      key === 'config'
        ? { key, value: maskConfig(value, parsedConfig({ config: value })).text }
        : { key, value },
    ),
  }),
  async show(call, stored) {
    const status = await sourceStatus(call.sql, stored.id);
    return presentSource(stored, { status, secrets: await maySeeSecrets(call, stored) });
  },
  prepare: prepareSource,
  deleted: switchOff,
};
