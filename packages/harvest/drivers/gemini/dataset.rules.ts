import { type IsoValues, inferValues } from '@portolan/metadata';
import type { DatasetDict } from '../../dataset_writer.ts';
import { detectLicence } from '../../text/licence.rules.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { sidesOf } from '../spatial/extent.rules.ts';
import { type Extra, partiesOf, sharedExtras } from '../spatial/extras.rules.ts';
import { spatialTags } from '../spatial/tags.rules.ts';

/** Characters of a tag. */
const longestTag = 50;

/** A GEMINI record as a dataset, as data.gov.uk keeps it. */
export function datasetFromGemini(
  values: IsoValues,
  own: { guid: string; objectId: string; detectLicense: boolean },
  config: Record<string, unknown>,
): DatasetDict {
  const license = own.detectLicense ? licenceOf(values) : undefined;
  return {
    title: values.title,
    name: own.guid,
    notes: values.abstract,
    tags: spatialTags(inferValues(values).tags, longestTag, config),
    extras: [
      { key: 'UKLP', value: 'True' },
      { key: 'harvest_object_id', value: own.objectId },
      ...sharedExtras(values, own.guid),
      { key: 'temporal_coverage-from', value: pythonJson(values['temporal-extent-begin']) },
      { key: 'temporal_coverage-to', value: pythonJson(values['temporal-extent-end']) },
      ...partyExtras(values),
      ...extentExtras(values),
    ],
    resources: values['resource-locator']
      .filter(({ url }) => url !== '')
      .map((locator) => ({
        url: locator.url,
        name: locator.name,
        description: locator.description || 'Resource locator',
        format: null,
        resource_locator_protocol: locator.protocol,
        resource_locator_function: locator.function,
      })),
    ...(license ? { license_id: license } : {}),
  };
}

/** Only where the words about use say nothing but that it is open. */
function licenceOf(values: IsoValues): string | undefined {
  const found = values['use-constraints'].map(detectLicence);
  return found.length > 0 && found.every(({ licence }) => licence === undefined)
    ? found[0]?.license_id
    : undefined;
}

function partyExtras(values: IsoValues): Extra[] {
  const parties = values['responsible-organisation'];
  const named = (role: string) => parties.find((party) => party.role === role)?.['organisation-name'];
  const text = partiesOf(values)
    .map(({ name, roles }) => `${name} (${roles.join(', ')})`)
    .join('; ');
  return [
    { key: 'provider', value: named('owner') ?? named('publisher') ?? '' },
    { key: 'responsible-party', value: text },
  ];
}

/** Numbers as they stand in the record, corners from the south-east: what stored data looks like. */
function extentExtras({ bbox: [box] }: IsoValues): Extra[] {
  if (!box) return [];
  const { west, east, south, north } = box;
  const ring = [
    [east, south],
    [west, south],
    [west, north],
    [east, north],
    [east, south],
  ].map((corner) => `[${corner.join(', ')}]`);
  return [
    ...sidesOf(box),
    { key: 'spatial', value: `{"type": "Polygon", "coordinates": [[${ring.join(', ')}]]}` },
  ];
}
