import type { Driver } from '../../driver.ts';
import { validationError } from '../failure_text.rules.ts';

/** What `csw`, `waf` and `single-doc` have in common: everything but how records are found. */
export const spatialDriver = (
  own: Pick<Driver, 'name' | 'title' | 'description' | 'gather' | 'fetch' | 'originalUrl'>,
): Driver => ({
  ...own,
  spatial: true,
  reimport: 'changed',
  validateConfig: async (text) => (await import('./config.rules.ts')).validateSpatialConfig(text),
  toDataset: async (context) => (await import('./to_dataset.ts')).spatialToDataset(context),
  failureText: validationError,
  settle: async (tx, records) => (await import('./settle.ts')).settleByDate(tx, records),
});
