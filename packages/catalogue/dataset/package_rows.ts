import type { Sql } from '@portolan/db';

/** Columns of `package` that a client writes; those that an update clears when they are not sent come first. */
const cleared = [
  'title',
  'version',
  'url',
  'author',
  'author_email',
  'maintainer',
  'maintainer_email',
  'notes',
  'license_id',
] as const;
const kept = ['name', 'private', 'state', 'owner_org', 'plugin_data'] as const;

type Fields = Record<string, unknown>;

export interface NewPackage {
  row: { id: string; now: string; creator: string | null };
  data: Fields;
}

/** New rows; the database's defaults play no part. */
export async function insertPackages(sql: Sql, packages: readonly NewPackage[]): Promise<void> {
  const rows = packages.map(({ row, data }) => ({
    state: 'active',
    private: false,
    ...pick(data, [...cleared, ...kept]),
    type: data['type'] || 'dataset',
    owner_org: data['owner_org'] || null,
    id: row.id,
    creator_user_id: row.creator,
    metadata_created: row.now,
    metadata_modified: row.now,
  }));
  const columns = [
    ...cleared,
    ...kept,
    'id',
    'type',
    'creator_user_id',
    'metadata_created',
    'metadata_modified',
  ];
  await sql.prepared(
    'insert_packages',
    `INSERT INTO package (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::package, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** What is to be stored of a dataset that is there. */
export interface ChangedPackage {
  id: string;
  data: Fields;
}

/** The rows of stored datasets. Source: CKAN 2.11, of which every update has a new `metadata_modified`. */
export async function updatePackages(
  sql: Sql,
  now: string,
  packages: readonly ChangedPackage[],
): Promise<void> {
  const bySent = Map.groupBy(packages, ({ data }) => sentOf(data).join());
  for (const alike of bySent.values()) {
    const sent = sentOf(alike[0]!.data);
    const rows = alike.map(({ id, data }) => ({
      ...pick(data, [...cleared, ...sent]),
      ...(sent.includes('owner_org') ? { owner_org: data['owner_org'] || null } : {}),
      metadata_modified: now,
      id,
    }));
    const columns = [...cleared, ...sent, 'metadata_modified'];
    await sql.rows(
      `UPDATE package p SET ${columns.map((column) => `${column} = n.${column}`)}
       FROM jsonb_populate_recordset(NULL::package, $2::jsonb) n WHERE p.id = n.id AND p.id = ANY($1)`,
      [alike.map(({ id }) => id), JSON.stringify(rows)],
    );
  }
}

const sentOf = (data: Fields) => kept.filter((column) => Object.hasOwn(data, column));

/** A dataset that is deleted gives up its name to who wants it, and is called by its id from then on. */
export async function freeName(sql: Sql, name: string, id: string): Promise<void> {
  await sql.prepared(
    'free_name',
    `UPDATE package SET name = id WHERE name = $1 AND state = 'deleted' AND id <> $2`,
    [name, id],
  );
}

function pick(data: Fields, columns: readonly string[]): Fields {
  const row: Fields = {};
  for (const column of columns) if (Object.hasOwn(data, column)) row[column] = data[column];
  return row;
}
