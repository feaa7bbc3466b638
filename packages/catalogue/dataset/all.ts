import type { Sql } from '@portolan/db';

/** A dataset as operators list it. */
export interface ListedDataset {
  id: string;
  name: string;
  title: string | null;
  url: string | null;
  state: string;
  /** Resources that are not deleted. */
  num_resources: number;
}

const page = 1000;

/** Every dataset in every state, of one organisation or of all, by name; read a page at a time. */
export async function allDatasets(
  sql: Sql,
  organization?: string,
): Promise<{ count: number; rows: AsyncGenerator<ListedDataset> }> {
  const [row] = await sql.rows<{ count: number }>(
    'SELECT count(*)::int AS count FROM package WHERE $1::text IS NULL OR owner_org = $1',
    [organization ?? null],
  );
  return { count: row?.count ?? 0, rows: pages(sql, organization) };
}

async function* pages(sql: Sql, organization: string | undefined): AsyncGenerator<ListedDataset> {
  for (let after = ''; ; ) {
    const rows = await sql.rows<ListedDataset>(
      `SELECT p.id, p.name, p.title, p.url, p.state,
         (SELECT count(*)::int FROM resource r WHERE r.package_id = p.id AND r.state = 'active') AS num_resources
       FROM package p WHERE ($1::text IS NULL OR p.owner_org = $1) AND p.name > $2 ORDER BY p.name LIMIT $3`,
      [organization ?? null, after, page],
    );
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.name;
  }
}
