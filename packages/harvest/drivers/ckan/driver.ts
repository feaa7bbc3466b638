import type { Driver } from '../../driver.ts';

/** Another CKAN, over its package_search: each dataset keeps its id. */
export const ckanDriver: Driver = {
  name: 'ckan',
  title: 'CKAN',
  description: 'Harvests remote CKAN instances',
  form_config_interface: 'Text',
  reimport: 'changed',
  validateConfig: async (text, facts) => (await import('./config.ts')).validateCkanConfig(text, facts),
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherCkan(context);
  },
  toDataset: async (context) => (await import('./dataset.ts')).ckanToDataset(context),
  originalUrl: (source, { guid }) => `${source.url.replace(/\/+$/, '')}/dataset/${guid}`,
};
