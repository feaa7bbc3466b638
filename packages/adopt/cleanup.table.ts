import type { Sql } from '@portolan/db';

/** Something in a database of CKAN's that does not fit, how it is found, and what is done about it. */
export interface Cleanup {
  step: string;
  /** A sentence for the report. */
  what: string;
  table: string;
  /** Selects `ctid` of the rows of `table`. */
  find: string;
  /** Changes or removes the rows whose ctid is in `$1`; nothing where they are only reported. */
  mend?: string;
}

const orphan = (table: string, kind: string) =>
  `SELECT m.ctid FROM member m WHERE m.table_name = '${kind}' AND NOT EXISTS (SELECT FROM "${table}" o WHERE o.id = m.table_id)`;

/** In the order in which they are done. Source: what CKAN's own code leaves behind over the years. */
export const cleanups: readonly Cleanup[] = [
  {
    step: 'resource_view_orphans',
    what: 'views of resources without a dataset are removed',
    table: 'resource_view',
    find: `SELECT v.ctid FROM resource_view v JOIN resource r ON r.id = v.resource_id
      WHERE NOT EXISTS (SELECT FROM package p WHERE p.id = r.package_id)`,
    mend: 'DELETE FROM resource_view WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'resource_orphans',
    what: 'resources without a dataset are removed',
    table: 'resource',
    find: 'SELECT r.ctid FROM resource r WHERE NOT EXISTS (SELECT FROM package p WHERE p.id = r.package_id)',
    mend: 'DELETE FROM resource WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'member_orphans',
    what: 'memberships of what is gone are removed',
    table: 'member',
    find: [orphan('package', 'package'), orphan('user', 'user'), orphan('group', 'group')].join(
      ' UNION ALL ',
    ),
    mend: 'DELETE FROM member WHERE ctid = ANY ($1::tid[])',
  },
  ...['package', 'resource', 'member', 'group', 'package_extra', 'group_extra', 'package_tag'].map(
    (table) => ({
      step: `${table}_states`,
      what: `rows of ${table} without a state become active, as CKAN takes them`,
      table,
      find: `SELECT ctid FROM "${table}" WHERE state IS NULL`,
      mend: `UPDATE "${table}" SET state = 'active' WHERE ctid = ANY ($1::tid[])`,
    }),
  ),
  {
    step: 'package_extra_doubles',
    what: 'extras that a dataset has twice: the last one written stays',
    table: 'package_extra',
    find: `SELECT e.ctid FROM package_extra e JOIN package_extra later
      ON later.package_id = e.package_id AND later.key = e.key AND later.state = e.state AND later.ctid > e.ctid`,
    mend: 'DELETE FROM package_extra WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'tag_doubles_links',
    what: 'tags that are there twice: datasets are given the first',
    table: 'package_tag',
    find: `SELECT l.ctid FROM package_tag l JOIN tag t ON t.id = l.tag_id
      WHERE t.vocabulary_id IS NULL AND EXISTS (
        SELECT FROM tag o WHERE o.name = t.name AND o.vocabulary_id IS NULL AND o.id < t.id)`,
    mend: `UPDATE package_tag SET tag_id = (SELECT min(o.id) FROM tag t JOIN tag o ON o.name = t.name
      AND o.vocabulary_id IS NULL WHERE t.id = package_tag.tag_id) WHERE ctid = ANY ($1::tid[])`,
  },
  {
    step: 'tag_doubles',
    what: 'tags that are there twice: the others are removed',
    table: 'tag',
    find: `SELECT t.ctid FROM tag t WHERE t.vocabulary_id IS NULL AND EXISTS (
      SELECT FROM tag o WHERE o.name = t.name AND o.vocabulary_id IS NULL AND o.id < t.id)`,
    mend: 'DELETE FROM tag WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'owner_missing',
    what: 'datasets of an organisation that does not exist lose it',
    table: 'package',
    find: `SELECT p.ctid FROM package p WHERE p.owner_org IS NOT NULL
      AND NOT EXISTS (SELECT FROM "group" g WHERE g.id = p.owner_org)`,
    mend: 'UPDATE package SET owner_org = NULL WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'owner_deleted',
    what: 'datasets of a deleted organisation (only reported)',
    table: 'package',
    find: `SELECT p.ctid FROM package p JOIN "group" g ON g.id = p.owner_org
      WHERE g.state = 'deleted' AND p.state = 'active'`,
  },
  {
    step: 'owner_mirror',
    what: 'datasets without the membership that repeats their organisation get it',
    table: 'package',
    find: `SELECT p.ctid FROM package p WHERE p.owner_org IS NOT NULL AND NOT EXISTS (
      SELECT FROM member m WHERE m.table_id = p.id AND m.group_id = p.owner_org AND m.state = 'active')`,
    mend: `INSERT INTO member (id, group_id, table_id, table_name, capacity, state)
      SELECT gen_random_uuid()::text, owner_org, id, 'package', 'organization', 'active'
      FROM package WHERE ctid = ANY ($1::tid[])`,
  },
  {
    step: 'harvest_current_doubles',
    what: 'records of a source that are current twice: the last imported stays so',
    table: 'harvest_object',
    find: `SELECT o.ctid FROM harvest_object o WHERE o.current AND EXISTS (
      SELECT FROM harvest_object later WHERE later.current AND later.guid = o.guid
        AND later.harvest_source_id = o.harvest_source_id
        AND (coalesce(later.import_finished, '-infinity'), later.id) > (coalesce(o.import_finished, '-infinity'), o.id))`,
    mend: 'UPDATE harvest_object SET current = false WHERE ctid = ANY ($1::tid[])',
  },
  {
    step: 'harvest_jobs_running',
    what: 'harvest jobs that were under way are ended',
    table: 'harvest_job',
    find: `SELECT ctid FROM harvest_job WHERE status IN ('New', 'Running')`,
    mend: `UPDATE harvest_job SET status = 'Finished', finished = coalesce(finished, now() AT TIME ZONE 'UTC')
      WHERE ctid = ANY ($1::tid[])`,
  },
  {
    step: 'emails_shared',
    what: 'active accounts that share an address in another case (only reported)',
    table: 'user',
    find: `SELECT u.ctid FROM "user" u WHERE u.state = 'active' AND u.email <> '' AND EXISTS (
      SELECT FROM "user" o WHERE o.state = 'active' AND o.id <> u.id AND lower(o.email) = lower(u.email))`,
  },
];

/** How many rows each would touch, those with none left out. A table that is not there yet has none. */
export async function countCleanups(sql: Sql): Promise<{ step: string; what: string; rows: number }[]> {
  const counts: { step: string; what: string; rows: number }[] = [];
  for (const { step, what, table, find } of cleanups) {
    const [there] = await sql.rows<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
      `public."${table}"`,
    ]);
    if (!there?.there) continue;
    const [row] = await sql.rows<{ n: number }>(`SELECT count(*)::int AS n FROM (${find}) AS found`);
    if (row && row.n > 0) counts.push({ step, what, rows: row.n });
  }
  return counts;
}
