import type { Driver } from '../../driver.ts';
import { checkKeys, isBoolean, isDictionary, isList, parseConfigText } from '../config.rules.ts';
import { validationError } from '../failure_text.rules.ts';

/** A council's inventory: the XML of LGA and ESD that tells all its datasets in one document. */
export const inventoryDriver: Driver = {
  name: 'inventory',
  title: 'Inventory XML',
  description: 'Dataset metadata published according to the Inventory XML format',
  reimport: 'changed',
  listsChangesOnly: true,
  validateConfig(text) {
    if (text === '') return text;
    checkKeys(parseConfigText(text), [
      ['default_tags', isList],
      ['default_groups', isList],
      ['default_extras', isDictionary],
      ['override_extras', isBoolean],
      ['private_datasets', isBoolean],
      ['clean_tags', isBoolean],
    ]);
    return text;
  },
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherInventory(context);
  },
  toDataset: async (context) => (await import('./to_dataset.ts')).inventoryToDataset(context),
  failureText: validationError,
  originalUrl: (source) => source.url,
};
