import { registerActions, registerDatasetType } from '@portolan/catalogue';
import { harvestActions } from './actions/index.ts';
import { harvestSourceType } from './source/dataset_type.ts';

/** Makes actions and source datasets known to this process; every process that touches datasets does so at its start. */
export function registerHarvest(): void {
  registerActions(harvestActions);
  registerDatasetType('harvest', harvestSourceType);
}
