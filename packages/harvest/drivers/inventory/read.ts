import { canonicalFormat } from '@portolan/catalogue/formats';
import type { DatasetDict } from '../../dataset_writer.ts';
import { limited } from '../../thread/limited.ts';
import { elementsOf, MalformedInventory, namespace } from './document.ts';
import { datasetFromInventory } from './mapping.rules.ts';
import { structureCheck } from './structure.rules.ts';
import { inventory } from './structure.table.ts';
import { serialise, textOf, type XmlElement } from './xml_element.ts';

/** A dataset of an inventory; one whose identifier has been there before has nothing else. */
export type ListedDataset =
  | { guid: string; content: string; modified: string | undefined }
  | { duplicate: string };

/** What an inventory lists, and how it is not as inventories should be; or why it cannot be read. */
export type ReadInventory = { datasets: ListedDataset[]; odd: string | undefined } | { malformed: string };

export function readInventory(text: string): ReadInventory {
  const datasets: ListedDataset[] = [];
  const seen = new Set<string>();
  const structure = structureCheck('Inventory', inventory, namespace);
  try {
    for (const { element, around } of elementsOf(text, 'Dataset', structure)) {
      const identifier = textOf(element, 'Identifier');
      if (seen.has(identifier)) datasets.push({ duplicate: identifier });
      else
        datasets.push({
          guid: `${textOf(around, 'Identifier')}/${identifier}`,
          content: serialise(element, namespace),
          modified: laterOf(element, around),
        });
      seen.add(identifier);
    }
    return { datasets, odd: structure.verdict() };
  } catch (error) {
    if (!(error instanceof MalformedInventory)) throw error;
    return { malformed: error.message };
  }
}

export const readInventoryLimited = limited(import.meta.url, readInventory);

const laterOf = (dataset: XmlElement, document: XmlElement | undefined): string | undefined =>
  [dataset.attributes['Modified'], document?.attributes['Modified']]
    .filter((date) => date !== undefined && date !== '')
    .sort()
    .at(-1);

/** A record of an inventory as a dataset; undefined when there is none in it. */
export function mapInventory(content: string, guid: string): DatasetDict | undefined {
  const [record] = elementsOf(content, 'Dataset');
  return record && datasetFromInventory(record.element, guid, canonicalFormat);
}

export const mapInventoryLimited = limited(import.meta.url, mapInventory);
