import type { Sql } from '@portolan/db';

/** A row of harvest_source, with the organisation and name of its package. */
export interface Source {
  id: string;
  url: string;
  title: string;
  name: string | null;
  type: string;
  config: string | null;
  active: boolean;
  frequency: string;
  next_run: string | null;
  owner_org: string | null;
  frozen: boolean;
  frozen_reason: string | null;
}

const select = `
  SELECT s.id, s.url, coalesce(s.title, '') AS title, p.name, s.type, s.config, coalesce(s.active, true) AS active,
         coalesce(nullif(s.frequency, ''), 'MANUAL') AS frequency, s.next_run, p.owner_org,
         coalesce(t.frozen, false) AS frozen, t.frozen_reason
  FROM harvest_source s LEFT JOIN package p ON p.id = s.id
  LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id`;

export async function findSource(sql: Sql, id: string): Promise<Source | undefined> {
  return (await sql.rows<Source>(`${select} WHERE s.id = $1`, [id]))[0];
}

export async function findSourceByReference(sql: Sql, reference: string): Promise<Source | undefined> {
  return (
    await sql.rows<Source>(`${select} WHERE s.id = $1 OR p.name = $1 ORDER BY s.id = $1 DESC LIMIT 1`, [
      reference,
    ])
  )[0];
}

/** Sources in order of creation, newest first. */
export function listSources(sql: Sql, options: { onlyActive: boolean }): Promise<Source[]> {
  return sql.rows<Source>(`${select} WHERE $1 OR s.active IS NOT FALSE ORDER BY s.created DESC, s.id`, [
    !options.onlyActive,
  ]);
}

/** Active, unfrozen sources with a schedule that are due at `now` (a timestamp), a page at a time by id. */
export function dueSources(sql: Sql, now: string, after: string, limit: number): Promise<Source[]> {
  return sql.rows<Source>(
    `${select} WHERE s.active IS NOT FALSE AND s.frequency NOT IN ('MANUAL', '') AND (s.next_run IS NULL OR s.next_run <= $1)
     AND NOT coalesce(t.frozen, false) AND s.id > $2 ORDER BY s.id LIMIT $3`,
    [now, after, limit],
  );
}

export function parsedConfig(source: Pick<Source, 'config'>): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(source.config || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {}; // Written by other hands; a form shows it as null and the harvest goes on without it.
  }
}
