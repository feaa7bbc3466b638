import { type Finding, readIsoRecord, UnreadableXml, validateRecord, withXml } from '@portolan/metadata';
import { tagProblem } from '@portolan/schema';
import type { DatasetDict } from '../../dataset_writer.ts';
import { type MappedRecord, type ObjectContext, ObjectFailure, type ObjectProblem } from '../../driver.ts';
import { addDefaultExtras } from '../ckan/default_extras.rules.ts';
import { isWanted, profilesOf } from '../spatial/config.rules.ts';
import { readMetadataDate } from '../spatial/metadata_date.rules.ts';
import { markWmsResources } from '../spatial/wms.ts';
import { datasetFromGemini } from './dataset.rules.ts';

/** Validates a GEMINI record, which is imported all the same, and maps it. @throws ObjectFailure */
export async function geminiToDataset(context: ObjectContext): Promise<MappedRecord> {
  const { object, config, portal } = context;
  const { content } = object;
  if (content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
  const { findings, values } = read(content, profilesOf(config, portal), portal.spatial);
  const problems = inOne(findings);
  const guid = values.guid || object.guid;
  const metadataDate = readMetadataDate(values['metadata-date']);
  if (metadataDate === undefined)
    throw failure(`Could not extract reference date for GUID ${guid} (${values['metadata-date']})`, problems);
  if (values['resource-type'].length === 0)
    throw failure('Error importing Gemini document: Missing resource type (hierarchyLevel)', problems);
  const detectLicense = isWanted(config, 'detect_license', portal.spatial.detectLicense);
  const dataset = datasetFromGemini(values, { guid, objectId: object.id, detectLicense }, config);
  addDefaultExtras(dataset, context);
  if (isWanted(config, 'use_default_tag_schema', portal.spatial.dropBadTags))
    problems.push(...withoutBadTags(dataset));
  if (values['resource-type'][0] === 'service')
    problems.push(...(await markWmsResources(context, dataset.resources ?? [])));
  return {
    dataset,
    identity: 'derived',
    guid,
    metadataDate,
    remoteModified: values['metadata-date'],
    problems,
    freeTags: true,
  };
}

const failure = (message: string, further: ObjectProblem[]) =>
  new ObjectFailure(message, 'Import', { further });

function read(content: string, profiles: string[], reading: { anchors: boolean }) {
  try {
    return withXml(content, (document) => ({
      findings: validateRecord(document, profiles),
      values: readIsoRecord(document, reading),
    }));
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    throw new ObjectFailure(`Error importing Gemini document: ${error.message}`, 'Import', { cause: error });
  }
}

/** All that a profile finds is one error of the record. */
function inOne([first, ...others]: Finding[]): ObjectProblem[] {
  if (!first) return [];
  const text = `${first.message}:\n${others.map(({ message }) => message).join('\n')}`;
  return [{ message: text, stage: 'Import', line: others[0]?.line ?? first.line }];
}

function withoutBadTags(dataset: DatasetDict): ObjectProblem[] {
  const problems: ObjectProblem[] = [];
  dataset.tags = dataset.tags?.filter(({ name }) => {
    const message = tagProblem(name);
    if (message !== undefined) problems.push({ message, stage: 'Validation' });
    return message === undefined;
  });
  return problems;
}
