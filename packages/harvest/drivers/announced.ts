// Types whose sources can be kept and whose configuration is checked, ahead of their harvesting.
import { type Driver, GatherFailure, ObjectFailure } from '../driver.ts';
import { validateSpatialConfig } from './spatial/config.rules.ts';

type Named = Pick<Driver, 'name' | 'title' | 'description' | 'validateConfig'>;

function announced(named: Named): Driver {
  const message = `Sources of type ${named.name} cannot be harvested yet`;
  return {
    ...named,
    reimport: 'changed',
    // biome-ignore lint/correctness/useYield: there is nothing to list
    async *gather() {
      throw new GatherFailure(message);
    },
    toDataset() {
      throw new ObjectFailure(message);
    },
  };
}

export const cswDriver = announced({
  name: 'csw',
  title: 'CSW Server',
  description: "A server that implements OGC's Catalog Service for the Web (CSW) standard",
  validateConfig: validateSpatialConfig,
});
