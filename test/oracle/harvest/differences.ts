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
  /** Name of the dataset's organisation. */
  owner: string | null;
  dataset: { resources?: Record<string, unknown>[]; [field: string]: unknown } | null;
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
