import { type IsoValues, inferValues, type Locator } from '@portolan/metadata';
import type { DatasetDict } from '../../dataset_writer.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { extentOf } from './extent.rules.ts';
import { type Extra, partiesOf, sharedExtras } from './extras.rules.ts';
import { inferFormat } from './format.rules.ts';
import { licenceId } from './licence.rules.ts';
import { spatialTags } from './tags.rules.ts';

/** Characters of a tag. */
const longestTag = 100;

/**
 * An ISO 19139 record as a dataset, as the generic spatial harvesters make it, and what is odd about the record
 * although it is one.
 */
export function datasetFromIso(
  values: IsoValues,
  config: Record<string, unknown>,
): { dataset: DatasetDict; problems: string[] } {
  const extent = extentOf(values.bbox);
  const license = licenceId(values['use-constraints']);
  const dataset: DatasetDict = {
    title: values.title,
    notes: values.abstract,
    tags: spatialTags(inferValues(values).tags, longestTag, config),
    resources: [...values['resource-locator'], ...values['resource-locator-identification']]
      .filter(({ url }) => url.trim() !== '')
      .map(resourceFrom),
    extras: [
      ...sharedExtras(values, values.guid),
      { key: 'spatial_harvester', value: 'true' },
      ...graphicExtras(values),
      ...periodExtras(values),
      ...partyExtras(values),
      ...extent.extras,
      { key: 'lineage', value: values.lineage },
    ],
    ...(license === undefined ? {} : { license_id: license }),
  };
  return { dataset, problems: extent.problems };
}

const resourceFrom = (locator: Locator) => ({
  url: locator.url.trim(),
  name: locator.name || 'Unnamed resource',
  description: locator.description,
  format: inferFormat(locator),
  resource_locator_protocol: locator.protocol,
  resource_locator_function: locator.function,
});

function graphicExtras(values: IsoValues): Extra[] {
  const [graphic] = values['browse-graphic'];
  if (!graphic) return [];
  return [
    { key: 'graphic-preview-file', value: graphic.file },
    { key: 'graphic-preview-description', value: graphic.description },
    { key: 'graphic-preview-type', value: graphic.type },
  ].filter(({ key, value }) => key === 'graphic-preview-file' || value !== '');
}

const periodExtras = (values: IsoValues): Extra[] =>
  (['temporal-extent-begin', 'temporal-extent-end'] as const).flatMap((key) =>
    values[key].slice(0, 1).map((value) => ({ key, value })),
  );

function partyExtras(values: IsoValues): Extra[] {
  const parties = partiesOf(values);
  return parties.length === 0 ? [] : [{ key: 'responsible-party', value: pythonJson(parties) }];
}
