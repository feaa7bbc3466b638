import { type Finding, readIsoRecord, UnreadableXml, validateRecord, withXml } from '@portolan/metadata';
import { tagProblem } from '@portolan/schema';
import type { DatasetDict } from '../../dataset_writer.ts';
import type { MappedRecord, ObjectProblem } from '../../driver.ts';
import { limited } from '../../thread/limited.ts';
import { readMetadataDate } from '../spatial/metadata_date.rules.ts';
import { datasetFromGemini } from './dataset.rules.ts';

/** A GEMINI record, and how it is to be read. */
export interface GeminiReading {
  content: string;
  objectId: string;
  /** The listing's. */
  guid: string;
  config: Record<string, unknown>;
  profiles: string[];
  anchors: boolean;
  detectLicense: boolean;
  dropBadTags: boolean;
}

/** What it comes to; `refused`: why it cannot be imported. */
export type ReadRecord =
  | { mapped: MappedRecord; problems: ObjectProblem[]; isService: boolean }
  | { refused: string; problems: ObjectProblem[] };

/** Validates a record and maps it. */
export function readGemini(reading: GeminiReading): ReadRecord {
  try {
    const { findings, values } = withXml(reading.content, (document) => ({
      findings: validateRecord(document, reading.profiles),
      values: readIsoRecord(document, reading),
    }));
    const problems = inOne(findings);
    const guid = values.guid || reading.guid;
    const date = values['metadata-date'];
    // Of its rules, ISO 8601 alone.
    const metadataDate = /^\s*\d{4}/.test(date) ? readMetadataDate(date) : undefined;
    if (metadataDate === undefined)
      return { refused: `Could not extract reference date for GUID ${guid} (${date})`, problems };
    if (values['resource-type'].length === 0)
      return {
        refused: 'Error importing Gemini document: Missing resource type (hierarchyLevel)',
        problems,
      };
    const dataset = datasetFromGemini(values, { ...reading, guid }, reading.config);
    if (reading.dropBadTags) problems.push(...withoutBadTags(dataset));
    return {
      mapped: {
        dataset,
        identity: 'derived',
        guid,
        metadataDate,
        remoteModified: date,
        freeTags: true,
      },
      problems,
      isService: values['resource-type'][0] === 'service',
    };
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    return { refused: `Error importing Gemini document: ${error.message}`, problems: [] };
  }
}

export const readGeminiLimited = limited(import.meta.url, readGemini);

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
