import type { Sql } from '@portolan/db';

/** Which records to import again: those of one of the references, else all that are current. */
export interface Selection {
  guid?: string;
  sourceId?: string;
  objectId?: string;
  /** Id or name. */
  package?: string;
  /** Only records whose dataset is active; true unless told otherwise. */
  join: boolean;
  /** Hex digits: only records whose id's MD5 begins with one of them, so that several may share the work. */
  segments?: string;
}

const chosen = `FROM harvest_object o LEFT JOIN package p ON p.id = o.package_id
     WHERE ($1::text IS NULL OR o.guid = $1) AND ($2::text IS NULL OR o.harvest_source_id = $2)
       AND ($3::text IS NULL OR o.id = $3) AND ($4::text IS NULL OR p.id = $4 OR p.name = $4)
       AND (o.current OR $3::text IS NOT NULL) AND (p.state = 'active' OR (NOT $5 AND $4::text IS NULL))
       AND ($6::text IS NULL OR strpos($6, left(md5(o.id), 1)) > 0)`;

const values = (selection: Selection): unknown[] => [
  selection.guid ?? null,
  selection.sourceId ?? null,
  selection.objectId ?? null,
  selection.package ?? null,
  selection.join,
  selection.segments?.toLowerCase() ?? null,
];

export async function countSelected(sql: Sql, selection: Selection): Promise<number> {
  const [row] = await sql.rows<{ n: number }>(`SELECT count(*) AS n ${chosen}`, values(selection));
  return row?.n ?? 0;
}

/** Ids of the records, in order; a page after the last id of the one before. */
export async function selectObjects(
  sql: Sql,
  selection: Selection,
  page: { after: string; limit: number },
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(`SELECT o.id ${chosen} AND o.id > $7 ORDER BY o.id LIMIT $8`, [
    ...values(selection),
    page.after,
    page.limit,
  ]);
  return rows.map(({ id }) => id);
}
