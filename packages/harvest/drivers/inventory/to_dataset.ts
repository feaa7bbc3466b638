import { timestamp } from '@portolan/kernel';
import { type MappedRecord, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { mungeTag } from '../../text/name.rules.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { limitsOfRecord } from '../../thread/limits.rules.ts';
import { addDefaultExtras } from '../ckan/default_extras.rules.ts';
import { asTags } from '../keywords.rules.ts';
import { readMetadataDate } from '../spatial/metadata_date.rules.ts';
import { mapInventoryLimited } from './read.ts';

/** A record of an inventory as a dataset of this portal. @throws ObjectFailure for a record that there is not */
export async function inventoryToDataset(context: ObjectContext): Promise<MappedRecord> {
  const { object, config } = context;
  if (object.content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
  const dataset = await mapInventoryLimited(limitsOfRecord(context), object.content, object.guid);
  if (!dataset) throw new ObjectFailure(`Error converting to dataset: there is no Dataset in ${object.id}`);
  const { modified, status } = object.extras;
  dataset.extras?.push(...frame(context, modified));
  addDefaultExtras(dataset, context);
  dataset.tags = tagsOf(config);
  dataset.groups = namesOf(config['default_groups']);
  if (config['private_datasets'] === true && status === 'new') dataset['private'] = true;
  const metadataDate = modified === undefined ? undefined : readMetadataDate(modified);
  return {
    dataset,
    identity: 'derived',
    ...(modified ? { remoteModified: modified } : {}),
    ...(metadataDate ? { metadataDate } : {}),
  };
}

/** Inventories have no keywords: those that its source gives to each record. */
function tagsOf(config: Record<string, unknown>): { name: string }[] {
  const names = namesOf(config['default_tags']).map(({ name }) => name);
  if (config['clean_tags'] !== true) return asTags(names);
  return asTags(names.map(mungeTag).filter((name) => name !== '__'));
}

const namesOf = (value: unknown): { name: string }[] =>
  (Array.isArray(value) ? value : []).map((one: unknown) =>
    typeof one === 'string' ? { name: one } : (one as { name: string }),
  );

/** What data.gov.uk tells of every record that it harvests itself: where it is from. */
function frame({ source, object, runtime }: ObjectContext, modified: string | undefined) {
  const provenance = {
    activity_occurred: timestamp(runtime.now()).replace(' ', 'T'),
    activity: 'harvest',
    harvest_source_url: source.url,
    harvest_source_title: source.title,
    harvest_source_type: source.type,
    harvested_guid: object.guid,
    harvested_metadata_modified: modified ?? null,
  };
  return [
    { key: 'import_source', value: 'harvest' },
    { key: 'harvest_object_id', value: object.id },
    ...(modified ? [{ key: 'metadata-date', value: modified.slice(0, 10) }] : []),
    { key: 'metadata_provenance', value: pythonJson([provenance]) },
  ];
}
