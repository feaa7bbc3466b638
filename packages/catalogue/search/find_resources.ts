import { invalid } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import type { StoredResource } from '../dataset/load.ts';
import { presentResource, type ResourceDict } from '../dataset/presenter.ts';

const textFields = new Set(
  'url format description name resource_type mimetype mimetype_inner cache_url url_type'.split(' '),
);
const timeFields = new Set(['created', 'last_modified', 'metadata_modified', 'cache_last_updated']);
const sortable = new Set([
  ...textFields,
  ...timeFields,
  'id',
  'package_id',
  'hash',
  'position',
  'size',
  'state',
  'extras',
]);

export interface ResourceQuery {
  /** Field and text, as `resource_search` takes them. */
  terms: Map<string, string>;
  orderBy: string | undefined;
  offset: number;
  limit: number | undefined;
}

/**
 * Active resources of active public datasets whose fields hold the texts. The page is cut in the order asked for
 * and then shown by position, as CKAN shows it.
 */
export async function findResources(
  call: Call,
  { terms, orderBy, offset, limit }: ResourceQuery,
): Promise<{ count: number; results: ResourceDict[] }> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [...terms].map(([field, term]) => condition(field, term, call, value));
  const where = [`p.state = 'active'`, 'NOT p.private', `r.state = 'active'`, ...conditions].join(' AND ');
  const order = orderBy && sortable.has(orderBy) ? `r.${orderBy}, r.id` : 'r.id';
  const rows = await call.sql.rows<{ count: number; resource: StoredResource | null; type: string | null }>(
    `WITH found AS MATERIALIZED (
       SELECT r.*, p.type AS dataset_type, row_number() OVER (ORDER BY ${order}) AS place
       FROM resource r JOIN package p ON p.id = r.package_id WHERE ${where})
     SELECT (SELECT count(*) FROM found) AS count, page.resource, page.type
     FROM (SELECT 1) AS one LEFT JOIN LATERAL (
       SELECT to_jsonb(f) - 'dataset_type' - 'place' AS resource, f.dataset_type AS type, f.position, f.place
       FROM (SELECT * FROM found ORDER BY place OFFSET ${value(offset)} LIMIT ${value(limit ?? null)}) AS f
     ) AS page ON true ORDER BY page.position, page.place`,
    values,
  );
  // The datastore's marks belong to resource_show and package_show only.
  const settings = { siteUrl: call.site.config.siteUrl, plugins: [] };
  const results = rows.flatMap(({ resource, type }) =>
    resource ? [presentResource(resource, type ?? 'dataset', settings)] : [],
  );
  return { count: rows[0]?.count ?? 0, results };
}

function condition(field: string, term: string, call: Call, value: (given: unknown) => string): string {
  const literal = term.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '\ufffd');
  if (field === 'hash') return `r.hash ILIKE ${value(`${literal}%`)}`;
  if (textFields.has(field)) return `r.${field} ILIKE ${value(`%${literal}%`)}`;
  // A text that is no number or time is no resource's size or time.
  if (field === 'size') return /^\d{1,18}$/.test(term) ? `r.size = ${value(term)}` : 'false';
  if (timeFields.has(field))
    return /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?)?$/.test(term) &&
      !Number.isNaN(Date.parse(term))
      ? `r.${field} = ${value(term)}`
      : 'false';
  if (call.site.config.extraResourceFields.includes(field))
    return `nullif(r.extras, '')::jsonb ->> ${value(field)} ILIKE ${value(`%${literal}%`)}`;
  throw invalid({ query: `Field "${field}" not recognised in resource_search.` });
}
