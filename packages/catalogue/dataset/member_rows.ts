import type { Call } from '../action/call.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { findGroups, groupReferences } from './may_edit.ts';

/** Who is to own a dataset. */
export interface OwnerOf {
  id: string;
  owner: string | null;
}

/**
 * Makes `member` say what `package.owner_org` says. A membership that ended is not taken up again when a dataset comes
 * back to life or to its former owner, as in CKAN: `owner_org` alone decides who owns a dataset.
 */
export async function writeOwners(call: Call, datasets: readonly OwnerOf[]): Promise<void> {
  await call.sql.prepared(
    'remove_owners',
    `UPDATE member m SET state = 'deleted' FROM unnest($1::text[], $2::text[]) AS d(id, owner)
     WHERE m.table_name = 'package' AND m.table_id = d.id AND m.capacity = 'organization' AND m.state <> 'deleted'
       AND m.group_id IS DISTINCT FROM d.owner`,
    [datasets.map(({ id }) => id), datasets.map(({ owner }) => owner)],
  );
  const owned = datasets.filter(({ owner }) => owner !== null);
  if (owned.length === 0) return;
  await call.sql.prepared(
    'add_owners',
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     SELECT d.link, d.id, d.owner, 'package', 'organization', 'active'
     FROM unnest($1::text[], $2::text[], $3::text[]) AS d(id, owner, link) WHERE NOT EXISTS (
       SELECT FROM member WHERE table_name = 'package' AND table_id = d.id AND group_id = d.owner
         AND capacity = 'organization')`,
    [owned.map(({ id }) => id), owned.map(({ owner }) => owner), owned.map(() => call.site.runtime.id())],
  );
}

/** The groups that a dataset is to be in, as a client lists them. */
export interface GroupsOf {
  id: string;
  groups: unknown[];
}

interface Membership {
  dataset: string;
  group: string;
}

/**
 * Makes these the datasets' groups, as far as the caller has a part in them: others are neither entered nor left.
 * Source: CKAN `package_membership_list_save`.
 */
export async function writeGroups(call: Call, datasets: readonly GroupsOf[]): Promise<void> {
  if (datasets.length === 0) return;
  const wanted = await wantedGroups(call, datasets);
  const present = await call.sql.prepared<Membership>(
    'active_groups_of_datasets',
    `SELECT table_id AS dataset, group_id AS "group" FROM member WHERE table_name = 'package' AND table_id = ANY($1)
       AND capacity <> 'organization' AND state = 'active'`,
    [datasets.map(({ id }) => id)],
  );
  const left = without(present, wanted);
  const entered = without(wanted, present);
  const mayTouch = await touchable(call, [...left, ...entered]);
  await leave(
    call,
    left.filter(({ group }) => mayTouch.has(group)),
  );
  await join(
    call,
    entered.filter(({ group }) => mayTouch.has(group)),
  );
}

async function wantedGroups(call: Call, datasets: readonly GroupsOf[]): Promise<Membership[]> {
  const { found } = await findGroups(
    call,
    datasets.flatMap(({ groups }) => groups),
  );
  return datasets.flatMap(({ id: dataset, groups }) => {
    const references = new Set(groupReferences(groups));
    return found
      .filter(({ id, name }) => references.has(id) || references.has(name))
      .map(({ id: group }) => ({ dataset, group }));
  });
}

function without(some: readonly Membership[], others: readonly Membership[]): Membership[] {
  const keyOf = ({ dataset, group }: Membership) => JSON.stringify([dataset, group]);
  const excluded = new Set(others.map(keyOf));
  const kept = new Map(some.map((one) => [keyOf(one), one]));
  return [...kept].filter(([key]) => !excluded.has(key)).map(([, one]) => one);
}

/** The groups of these memberships that the caller has a part in. */
async function touchable(call: Call, memberships: readonly Membership[]): Promise<Set<string>> {
  const groups = new Set(memberships.map(({ group }) => group));
  if (alwaysAllowed(call)) return groups;
  for (const group of groups) if (!(await hasPermission(call, group, 'read'))) groups.delete(group);
  return groups;
}

async function leave(call: Call, memberships: readonly Membership[]): Promise<void> {
  if (memberships.length === 0) return;
  await call.sql.prepared(
    'leave_groups',
    `UPDATE member m SET state = 'deleted' FROM unnest($1::text[], $2::text[]) AS d(id, group_id)
     WHERE m.table_name = 'package' AND m.table_id = d.id AND m.group_id = d.group_id
       AND m.capacity <> 'organization'`,
    columnsOf(memberships),
  );
}

async function join(call: Call, memberships: readonly Membership[]): Promise<void> {
  if (memberships.length === 0) return;
  const revived = await call.sql.prepared<Membership>(
    'revive_memberships',
    `UPDATE member SET state = 'active' WHERE id IN (
       SELECT DISTINCT ON (m.table_id, m.group_id) m.id FROM member m
       JOIN unnest($1::text[], $2::text[]) AS d(id, group_id) ON m.table_id = d.id AND m.group_id = d.group_id
       WHERE m.table_name = 'package' AND m.capacity = 'public'
       ORDER BY m.table_id, m.group_id, m.state = 'active' DESC, m.id)
     RETURNING table_id AS dataset, group_id AS "group"`,
    columnsOf(memberships),
  );
  const added = without(memberships, revived);
  if (added.length === 0) return;
  await call.sql.prepared(
    'add_memberships',
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     SELECT link, id, group_id, 'package', 'public', 'active'
     FROM unnest($1::text[], $2::text[], $3::text[]) AS d(id, group_id, link)`,
    [...columnsOf(added), added.map(() => call.site.runtime.id())],
  );
}

const columnsOf = (memberships: readonly Membership[]): string[][] => [
  memberships.map(({ dataset }) => dataset),
  memberships.map(({ group }) => group),
];
