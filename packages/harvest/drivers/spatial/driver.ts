import type { Driver } from '../../driver.ts';
import { validateSpatialConfig } from './config.rules.ts';
import { settleByDate } from './settle.ts';
import { spatialToDataset } from './to_dataset.ts';

/** What `csw`, `waf` and `single-doc` have in common: everything but how records are found. */
export const spatialDriver = (
  own: Pick<Driver, 'name' | 'title' | 'description' | 'gather' | 'fetch' | 'originalUrl'>,
): Driver => ({
  ...own,
  reimport: 'changed',
  validateConfig: validateSpatialConfig,
  toDataset: spatialToDataset,
  settle: settleByDate,
});
