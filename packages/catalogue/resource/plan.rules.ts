import { isDeepStrictEqual } from 'node:util';
import type { StoredResource } from '../dataset/load.ts';
import { isoTime } from '../dataset/time.ts';

type Fields = Record<string, unknown>;

/** Columns that a client writes. What an update does not send of the first ones is cleared, of the others kept. */
const cleared = { url: '', description: null, resource_type: null, mimetype: null, mimetype_inner: null };
const kept = {
  name: null,
  format: '',
  hash: '',
  size: null,
  created: null,
  last_modified: null,
  cache_url: null,
  cache_last_updated: null,
  url_type: null,
};
const columns = Object.keys({ ...cleared, ...kept }) as (keyof typeof cleared | keyof typeof kept)[];
const own = new Set<string>([...columns, 'id', 'package_id', 'position', 'state', 'metadata_modified']);
const times = new Set<string>(['created', 'last_modified', 'cache_last_updated']);

export interface ResourcePlan {
  /** Rows that are new, changed or moved. */
  write: StoredResource[];
  /** Ids of stored resources, not yet deleted, that the list no longer has. */
  remove: string[];
}

export interface PlanOptions {
  packageId: string;
  /** As rows hold it. */
  now: string;
  newId(): string;
}

/**
 * What a list of validated resources makes of the stored ones. A resource that says what is stored keeps its
 * `metadata_modified`; one that is sent with another `metadata_modified` counts as changed, as in CKAN 2.11.
 */
export function planResources(
  stored: StoredResource[],
  wanted: Fields[],
  options: PlanOptions,
): ResourcePlan {
  const before = new Map(stored.map((resource) => [resource.id, resource]));
  const rows = new Map<string, StoredResource>();
  for (const [position, fields] of wanted.entries()) {
    const id = typeof fields['id'] === 'string' ? fields['id'] : options.newId();
    // An id that is listed twice is one resource, at its last place.
    rows.set(id, planned(rows.get(id) ?? before.get(id), fields, { ...options, id, position }));
  }
  return {
    write: [...rows.values()].filter((row) => !isDeepStrictEqual(row, before.get(row.id))),
    remove: stored.filter(({ id, state }) => state !== 'deleted' && !rows.has(id)).map(({ id }) => id),
  };
}

function planned(
  before: StoredResource | undefined,
  fields: Fields,
  { id, position, packageId, now }: PlanOptions & { id: string; position: number },
): StoredResource {
  const base = before ?? { ...kept, created: now, extras: null, metadata_modified: null };
  const sent = Object.fromEntries(
    columns.filter((column) => Object.hasOwn(fields, column)).map((column) => [column, fields[column]]),
  );
  // Only the file's name is stored of an upload's address.
  if (typeof sent['url'] === 'string' && fields['url_type'] === 'upload')
    sent['url'] = sent['url'].slice(sent['url'].lastIndexOf('/') + 1);
  const extras = Object.fromEntries(Object.entries(fields).filter(([name]) => !own.has(name)));
  const row = { ...base, ...cleared, ...sent } as StoredResource;
  const changed =
    before === undefined ||
    columns.some((column) => !sameValue(column, row[column], before[column])) ||
    isForeignTime(fields['metadata_modified'], before.metadata_modified) ||
    !isDeepStrictEqual(extras, before.extras ? JSON.parse(before.extras) : {});
  return {
    ...(changed ? row : before),
    id,
    package_id: packageId,
    position,
    state: 'active',
    extras: changed ? JSON.stringify(extras) : before.extras,
    metadata_modified: changed ? now : before.metadata_modified,
  };
}

function sameValue(column: string, a: unknown, b: unknown): boolean {
  if (times.has(column)) return isoTime(a as string | null) === isoTime(b as string | null);
  return a === b;
}

const isForeignTime = (sent: unknown, stored: string | null): boolean =>
  sent !== undefined && sent !== null && sent !== isoTime(stored);
