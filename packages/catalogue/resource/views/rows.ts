import type { Sql, Tx } from '@portolan/db';
import { findViewType } from './types.ts';

type Fields = Record<string, unknown>;

export interface ViewRow {
  id: string;
  resource_id: string;
  package_id: string;
  title: string | null;
  description: string | null;
  view_type: string;
  order: number;
  config: string | null;
}

const select = `SELECT v.id, v.resource_id, r.package_id, v.title, v.description, v.view_type, v."order", v.config
  FROM resource_view v JOIN resource r ON r.id = v.resource_id`;

export async function findView(sql: Sql, id: string): Promise<ViewRow | undefined> {
  return (
    await sql.prepared<ViewRow>('find_view', `${select} WHERE v.id = $1 AND r.state <> 'deleted'`, [id])
  )[0];
}

/** Views of a resource in their order, of the kinds that this portal knows. */
export async function listViews(sql: Sql, resourceId: string): Promise<ViewRow[]> {
  const rows = await sql.prepared<ViewRow>(
    'list_views',
    `${select} WHERE v.resource_id = $1 AND r.state <> 'deleted' ORDER BY v."order", v.id`,
    [resourceId],
  );
  return rows.filter((row) => findViewType(row.view_type));
}

export async function insertViews(sql: Sql, rows: ViewRow[]): Promise<void> {
  await sql.prepared(
    'insert_views',
    `INSERT INTO resource_view (id, resource_id, title, description, view_type, "order", config)
     SELECT id, resource_id, title, description, view_type, "order", config
     FROM jsonb_populate_recordset(NULL::resource_view, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

export async function updateView(sql: Sql, row: ViewRow): Promise<void> {
  await sql.prepared(
    'update_view',
    'UPDATE resource_view SET resource_id = $2, title = $3, description = $4, config = $5 WHERE id = $1',
    [row.id, row.resource_id, row.title, row.description, row.config],
  );
}

/** The place behind the last view of a resource; the resource's row is locked, so that no two get the same. */
export async function nextOrder(tx: Tx, resourceId: string): Promise<number> {
  await tx.prepared('lock_resource', 'SELECT id FROM resource WHERE id = $1 FOR UPDATE', [resourceId]);
  const rows = await tx.prepared<{ next: number }>(
    'next_view_order',
    'SELECT coalesce(max("order") + 1, 0) AS next FROM resource_view WHERE resource_id = $1',
    [resourceId],
  );
  return rows[0]?.next ?? 0;
}

export async function orderViews(sql: Sql, ids: string[]): Promise<void> {
  await sql.prepared(
    'order_views',
    `UPDATE resource_view v SET "order" = o.place FROM unnest($1::text[]) WITH ORDINALITY AS o(id, place)
     WHERE v.id = o.id`,
    [ids],
  );
}

/** A view as clients see it: its settings stand beside its own fields. */
export function presentView(row: ViewRow): Fields {
  return {
    ...configOf(row),
    id: row.id,
    resource_id: row.resource_id,
    package_id: row.package_id,
    title: row.title,
    description: row.description,
    view_type: row.view_type,
  };
}

/** A view as its activity keeps it. */
export const viewActivityData = (row: ViewRow): Fields => ({ ...row, config: configOf(row) });

const configOf = (row: ViewRow): Fields => (row.config ? (JSON.parse(row.config) as Fields) : {});
