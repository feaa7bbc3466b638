import { type Driver, ObjectFailure } from '../../driver.ts';
import { parseConfigText } from '../config.rules.ts';

/** A data.json: the catalogue of a Project Open Data site in one document. */
export const dcatJsonDriver: Driver = {
  name: 'dcat_json',
  title: 'DCAT JSON Harvester',
  description: 'Harvester for DCAT dataset descriptions serialized as JSON',
  // As recorded: CKAN writes every record again and says `updated`, also where nothing has changed.
  reimport: 'always',
  validateConfig(text) {
    if (text !== '') parseConfigText(text);
    return text;
  },
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherDcatJson(context);
  },
  async toDataset({ object }) {
    const { dcatToDataset } = await import('./mapping.rules.ts');
    if (object.content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
    const record = JSON.parse(object.content) as Record<string, unknown>;
    const { modified } = record;
    const dataset = dcatToDataset(record);
    if (!dataset.extras?.some(({ key }) => key === 'guid'))
      dataset.extras?.push({ key: 'guid', value: object.guid });
    return {
      dataset,
      identity: 'derived',
      ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
    };
  },
  originalUrl: (source) => source.url,
};
