import { createHash } from 'node:crypto';
import type { RecordDescriptor } from '../../driver.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { isTooDeep, parseRemoteJson } from '../../text/remote_json.rules.ts';
import { limited } from '../../thread/limited.ts';
import { isObject, type Json } from './json.rules.ts';

/** A page of a data.json; `deep` are the GUIDs of records that nothing can be made of. Or why it cannot be read. */
export type ReadPage = { records: RecordDescriptor[]; deep: string[] } | { wrong: string };

export function readDataJson(text: string): ReadPage {
  let document: unknown;
  try {
    document = parseRemoteJson(text);
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  const datasets = Array.isArray(document) ? document : (document as { dataset?: unknown } | null)?.dataset;
  if (!Array.isArray(datasets)) return { wrong: 'Wrong JSON object' };
  const records: RecordDescriptor[] = [];
  const deep: string[] = [];
  for (const [index, record] of datasets.entries()) {
    if (!isObject(record)) continue;
    if (isTooDeep(record)) deep.push(identifierOf(record) || `number ${index + 1}`);
    else records.push(descriptor(record));
  }
  return { records, deep };
}

export const readDataJsonLimited = limited(import.meta.url, readDataJson);

const identifierOf = ({ identifier }: Json): string =>
  typeof identifier === 'string' || typeof identifier === 'number' ? String(identifier) : '';

function descriptor(record: Json): RecordDescriptor {
  const content = pythonJson(record);
  const { modified } = record;
  const named = identifierOf(record);
  return {
    guid: named || createHash('sha1').update(content).digest('hex'),
    content,
    ...(named ? {} : { unidentified: typeof record['title'] === 'string' ? record['title'] : content }),
    ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
  };
}
