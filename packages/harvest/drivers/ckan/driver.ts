import type { Driver } from '../../driver.ts';
import { validateCkanConfig } from './config.ts';
import { ckanToDataset } from './dataset.ts';
import { gatherCkan } from './gather.ts';

/** Another CKAN, over its package_search: each dataset keeps its id. */
export const ckanDriver: Driver = {
  name: 'ckan',
  title: 'CKAN',
  description: 'Harvests remote CKAN instances',
  form_config_interface: 'Text',
  reimport: 'changed',
  validateConfig: validateCkanConfig,
  gather: gatherCkan,
  toDataset: ckanToDataset,
  originalUrl: (source, { guid }) => `${source.url.replace(/\/+$/, '')}/dataset/${guid}`,
};
