import { isDeepStrictEqual } from 'node:util';

/** Where two values differ. */
export interface Difference {
  path: string;
  theirs: unknown;
  ours: unknown;
}

/** What became of a record. */
export interface RecordOutcome {
  guid: string;
  state: string;
  current: boolean;
  errors: unknown[];
  report_status: string;
  dataset: { resources?: Record<string, unknown>[] } | null;
}

/**
 * Both outcomes of a record without what is decided to differ, see docs/compatibility.md: a record that is the same stays
 * where it is, and one that comes back is its old dataset again.
 */
export function settled(
  theirs: RecordOutcome | undefined,
  ours: RecordOutcome | undefined,
): [unknown, unknown] {
  if (!theirs && ours?.report_status === 'not modified') return [null, null];
  // A dataset whose record is elsewhere now has come back already.
  if (theirs?.report_status === 'deleted' && ours?.report_status === 'deleted')
    return [
      { ...theirs, dataset: null },
      { ...ours, dataset: null },
    ];
  // A record that fails is not thought to be of a dataset.
  if (theirs?.report_status === 'errored' && ours?.report_status === 'errored')
    return [
      { ...theirs, dataset: null },
      { ...ours, dataset: null },
    ];
  if (theirs?.report_status !== 'added' || ours?.report_status !== 'updated') return [theirs, ours];
  const [left, right] = structuredClone([theirs, { ...ours, report_status: 'added' }]);
  // An update guesses it, a creation does not.
  for (const resource of [...(left?.dataset?.resources ?? []), ...(right?.dataset?.resources ?? [])])
    delete resource['mimetype'];
  return [left, right];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Extras are told apart by their keys, other lists by their places. */
const keyed = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && 'key' in item)
    ? Object.fromEntries(value.map(({ key, value }) => [key, value]))
    : value;

export function* differences(left: unknown, right: unknown, path = ''): Generator<Difference> {
  const [theirs, ours] = [keyed(left), keyed(right)];
  if (isDeepStrictEqual(theirs, ours)) return;
  if (isObject(theirs) && isObject(ours)) {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)]))
      yield* differences(theirs[key], ours[key], `${path}.${key}`);
  } else if (Array.isArray(theirs) && Array.isArray(ours) && theirs.length === ours.length) {
    for (const [at, one] of theirs.entries()) yield* differences(one, ours[at], `${path}[]`);
  } else yield { path, theirs, ours };
}
