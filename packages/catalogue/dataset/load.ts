import type { Sql } from '@portolan/db';
import { hashedLoadStatement, loadStatement } from './load_statement.ts';

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

/** What is told of a dataset beside its own row. */
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

type HashedRow = Row & { hash: string };

/** Datasets by id, in one statement; ids that do not exist are left out. */
export async function loadDatasets(sql: Sql, ids: string[]): Promise<StoredDataset[]> {
  const [first, ...others] = ids;
  if (first === undefined) return [];
  // For a list the server plans anew each time, for it may be of any length; that takes longer than to load one dataset.
  const rows =
    others.length === 0
      ? await sql.prepared<Row>('load_dataset', `${loadStatement} WHERE p.id = $1`, [first])
      : await sql.prepared<Row>('load_datasets', `${loadStatement} WHERE p.id = ANY($1)`, [ids]);
  return rows.map(({ own, parts }) => ({ ...own, ...parts }));
}

/** A dataset beside the hash of its rows (`portolan.dataset_hash`); as text: a number would lose its last digits. */
export interface HashedDataset {
  stored: StoredDataset;
  hash: string;
}

/** The same with the hashes of the rows. */
export async function loadHashedDatasets(sql: Sql, ids: string[]): Promise<HashedDataset[]> {
  if (ids.length === 0) return [];
  const rows =
    ids.length === 1
      ? await sql.prepared<HashedRow>('load_hashed_dataset', `${hashedLoadStatement} WHERE p.id = $1`, ids)
      : await sql.prepared<HashedRow>('load_hashed_datasets', `${hashedLoadStatement} WHERE p.id = ANY($1)`, [
          ids,
        ]);
  return rows.map(({ own, parts, hash }) => ({ stored: { ...own, ...parts }, hash }));
}

export async function loadDataset(sql: Sql, id: string): Promise<StoredDataset | undefined> {
  return (await loadDatasets(sql, [id]))[0];
}
