import { type MappedRecord, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { isPublic } from './additions.rules.ts';
import { mappingOf } from './config.rules.ts';
import type { Json } from './json.rules.ts';
import { dcatToDataset } from './mapping.rules.ts';

/** A record of a data.json as a dataset of this portal. @throws ObjectFailure for a record without content */
export function dataJsonToDataset({ object, config, portal }: ObjectContext): MappedRecord | 'ignored' {
  if (object.content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
  const record = JSON.parse(object.content) as Json;
  const mapping = mappingOf(config, portal);
  if (mapping.additions && !isPublic(record)) return 'ignored';
  const { modified } = record;
  const dataset = dcatToDataset(record, mapping);
  if (!dataset.extras?.some(({ key }) => key === 'guid'))
    dataset.extras?.push({ key: 'guid', value: object.guid });
  return {
    dataset,
    identity: 'derived',
    ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
  };
}
