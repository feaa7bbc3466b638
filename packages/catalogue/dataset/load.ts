import type { Sql } from '@portolan/db';

/** A dataset as its rows say it, children in their order; times as PostgreSQL writes them in JSON. */
export interface StoredDataset {
  id: string;
  name: string;
  title: string | null;
  version: string | null;
  url: string | null;
  notes: string | null;
  author: string | null;
  author_email: string | null;
  maintainer: string | null;
  maintainer_email: string | null;
  state: string | null;
  license_id: string | null;
  type: string | null;
  owner_org: string | null;
  private: boolean | null;
  metadata_modified: string | null;
  metadata_created: string | null;
  creator_user_id: string | null;
  plugin_data: Record<string, unknown> | null;
  organization: StoredOrganization | null;
  groups: StoredGroup[];
  tags: StoredTag[];
  extras: { key: string; value: string }[];
  resources: StoredResource[];
  relationships_as_subject: StoredRelationship[];
  relationships_as_object: StoredRelationship[];
  harvest: { object_id: string; source_id: string; source_title: string | null } | null;
}

export interface StoredOrganization {
  id: string;
  name: string;
  title: string | null;
  type: string;
  description: string | null;
  image_url: string | null;
  created: string | null;
  is_organization: boolean;
  approval_status: string | null;
  state: string;
}

export interface StoredGroup {
  id: string;
  name: string;
  title: string | null;
  description: string | null;
  image_url: string | null;
}

export interface StoredTag {
  id: string;
  name: string;
  vocabulary_id: string | null;
  vocabulary_name: string | null;
}

export interface StoredRelationship {
  id: string;
  type: string;
  comment: string | null;
  subject_package_id: string;
  object_package_id: string;
}

export interface StoredResource {
  id: string;
  package_id: string;
  url: string;
  format: string | null;
  description: string | null;
  position: number;
  hash: string | null;
  state: string;
  extras: string | null;
  name: string | null;
  resource_type: string | null;
  mimetype: string | null;
  mimetype_inner: string | null;
  size: number | null;
  last_modified: string | null;
  cache_url: string | null;
  cache_last_updated: string | null;
  created: string | null;
  url_type: string | null;
  metadata_modified: string | null;
}

// One statement, so that all parts are of one snapshot; children by index, whatever the number of datasets. Made as
// json: jsonb takes twice as long to build and is written as text again at once. OFFSET 0: else the planner, which
// expects hardly any groups, reads all of them for each dataset.
const statement = `
  SELECT to_json(p) AS own, json_build_object(
    'organization', (SELECT to_json(o) FROM "group" o
       WHERE o.id = p.owner_org AND o.state = 'active' AND o.is_organization),
    'groups', (SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'title', g.title,
         'description', g.description, 'image_url', g.image_url)
         ORDER BY coalesce(nullif(g.title, ''), g.name), g.name), '[]')
       FROM member m CROSS JOIN LATERAL (SELECT * FROM "group" WHERE id = m.group_id OFFSET 0) g
       WHERE m.table_id = p.id AND m.table_name = 'package' AND m.state = 'active' AND g.state = 'active'
         AND NOT g.is_organization),
    'tags', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name,
         'vocabulary_id', t.vocabulary_id, 'vocabulary_name', v.name) ORDER BY t.name, t.vocabulary_id), '[]')
       FROM package_tag pt JOIN tag t ON t.id = pt.tag_id LEFT JOIN vocabulary v ON v.id = t.vocabulary_id
       WHERE pt.package_id = p.id AND pt.state = 'active'),
    'extras', (SELECT coalesce(json_agg(json_build_object('key', e.key, 'value', e.value) ORDER BY e.key), '[]')
       FROM package_extra e WHERE e.package_id = p.id AND e.state = 'active'),
    'resources', (SELECT coalesce(json_agg(to_json(r) ORDER BY r.position, r.id), '[]')
       FROM resource r WHERE r.package_id = p.id AND r.state = 'active'),
    'relationships_as_subject', (SELECT coalesce(json_agg(to_json(s) ORDER BY s.id), '[]')
       FROM package_relationship s WHERE s.subject_package_id = p.id AND s.state = 'active'),
    'relationships_as_object', (SELECT coalesce(json_agg(to_json(o) ORDER BY o.id), '[]')
       FROM package_relationship o WHERE o.object_package_id = p.id AND o.state = 'active'),
    'harvest', (SELECT json_build_object('object_id', h.id, 'source_id', h.harvest_source_id, 'source_title', hs.title)
       FROM harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id
       WHERE h.package_id = p.id AND h.current ORDER BY h.import_finished DESC NULLS LAST LIMIT 1)
  ) AS parts
  FROM package p`;

type Parts =
  | 'organization'
  | 'groups'
  | 'tags'
  | 'extras'
  | 'resources'
  | 'relationships_as_subject'
  | 'relationships_as_object'
  | 'harvest';

interface Row {
  own: Omit<StoredDataset, Parts>;
  parts: Pick<StoredDataset, Parts>;
}

/** Datasets by id, in one statement; ids that do not exist are left out. */
export async function loadDatasets(sql: Sql, ids: string[]): Promise<StoredDataset[]> {
  const [first, ...others] = ids;
  if (first === undefined) return [];
  // For a list the server plans anew each time, for it may be of any length; that takes longer than to load one dataset.
  const rows =
    others.length === 0
      ? await sql.prepared<Row>('load_dataset', `${statement} WHERE p.id = $1`, [first])
      : await sql.prepared<Row>('load_datasets', `${statement} WHERE p.id = ANY($1)`, [ids]);
  return rows.map(({ own, parts }) => ({ ...own, ...parts }));
}

export async function loadDataset(sql: Sql, id: string): Promise<StoredDataset | undefined> {
  return (await loadDatasets(sql, [id]))[0];
}
