import type { RecordDescriptor } from '../../driver.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { isTooDeep, parseRemoteJson, tooDeep } from '../../text/remote_json.rules.ts';
import { limited } from '../../thread/limited.ts';

/** A dataset of a page: as it is listed, without an id, or one that nothing can be made of. */
export type FoundDataset = RecordDescriptor | { unidentified: string } | { deep: string };

/** A page of a remote's search; `count` of all pages is undefined where the remote contradicts itself. */
export interface ReadSearch {
  results: FoundDataset[];
  count: number | undefined;
}

/** @returns why it cannot be read, where it cannot */
export function readSearch(text: string): ReadSearch | { wrong: string } {
  let body: { success?: unknown; error?: unknown; result?: { results?: unknown; count?: unknown } } | null;
  try {
    body = parseRemoteJson(text) as typeof body;
  } catch {
    return { wrong: `Response from remote CKAN was not JSON: ${text.slice(0, 200)}` };
  }
  if (body?.success === false)
    return {
      wrong: `Remote CKAN refused the search: ${isTooDeep(body.error) ? '' : JSON.stringify(body.error)}`,
    };
  const results = body?.result?.results;
  if (!Array.isArray(results)) return { wrong: 'Response from remote CKAN had no results' };
  const count = body?.result?.count;
  return {
    results: results.map(found),
    // Some mirrors count wrongly; only a count that this page does not contradict can end the listing early.
    count: typeof count === 'number' && count >= results.length ? count : undefined,
  };
}

export const readSearchLimited = limited(import.meta.url, readSearch);

type Dataset = Record<string, unknown> & { id: string };

const isIdentified = (one: unknown): one is Dataset =>
  typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' && one.id !== '';

function found(dataset: unknown): FoundDataset {
  if (isTooDeep(dataset)) return { deep: tooDeep(isIdentified(dataset) ? dataset.id : 'without an id') };
  if (!isIdentified(dataset)) return { unidentified: titleOf(dataset) };
  const modified = dataset['metadata_modified'];
  return {
    guid: dataset.id,
    content: pythonJson(dataset),
    ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
  };
}

/** Of a dataset without an id: what its publisher may know it by. */
function titleOf(dataset: unknown): string {
  const { title, name } = (dataset ?? {}) as Record<string, unknown>;
  return (
    [title, name].find((text) => typeof text === 'string' && text !== '')?.toString() ??
    JSON.stringify(dataset)
  );
}
