// The table of source types: one import and one line each. Their order is that of CKAN's messages. Every process and
// command loads it, so a driver's own file only describes it; what does the work is loaded with the first work.
import type { Config } from '@portolan/kernel';
import type { Driver } from './driver.ts';
import { ckanDriver } from './drivers/ckan/driver.ts';
import { cswDriver } from './drivers/csw/driver.ts';
import { dcatJsonDriver } from './drivers/dcat_json/driver.ts';
import { dcatRdfDriver } from './drivers/dcat_rdf/driver.ts';
import { geminiCswDriver, geminiSingleDriver, geminiWafDriver } from './drivers/gemini/driver.ts';
import { inventoryDriver } from './drivers/inventory/driver.ts';
import { singleDocDriver } from './drivers/single_doc/driver.ts';
import { wafDriver } from './drivers/waf/driver.ts';

export const drivers: readonly Driver[] = [
  ckanDriver,
  cswDriver,
  wafDriver,
  singleDocDriver,
  dcatRdfDriver,
  dcatJsonDriver,
  inventoryDriver,
  geminiCswDriver,
  geminiWafDriver,
  geminiSingleDriver,
];

/** The types that a source may have on this portal. */
export const offeredDrivers = ({ harvestTypes }: Pick<Config, 'harvestTypes'>): readonly Driver[] =>
  harvestTypes.length === 0 ? drivers : drivers.filter(({ name }) => harvestTypes.includes(name));
