import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { Site } from '../action/call.ts';
import { unlessTaken } from '../action/conflict.ts';
import { isTruthy } from '../action/parameters.ts';
import { putMembers, replaceMembers } from './members.ts';
import { findGroup, type GroupRow } from './row.ts';
import { type GroupFields, takenName } from './schema.ts';

const taken = {
  group_name_key: { name: [takenName] },
  group_pkey: { id: ['Id already exists'] },
};

/** Writes a new organisation or group from validated fields, `creator` becoming its admin. */
export async function insertGroup(
  site: Site,
  tx: Tx,
  fields: GroupFields & { name: string; type: string; is_organization: boolean },
  creator: string | undefined,
): Promise<GroupRow> {
  const id = fields.id ?? site.runtime.id();
  await unlessTaken(taken, () =>
    tx.rows(
      `INSERT INTO "group" (id, name, title, type, description, image_url, created, is_organization, approval_status, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        fields.name,
        fields.title ?? '',
        fields.type,
        fields.description ?? '',
        fields.image_url ?? '',
        timestamp(site.runtime.now()),
        fields.is_organization,
        fields.approval_status ?? 'approved',
        fields.state ?? 'active',
      ],
    ),
  );
  await storeLists(site, tx, id, fields);
  if (creator !== undefined)
    await putMembers(site, tx, id, 'user', [{ table_id: creator, capacity: 'admin' }]);
  return (await findGroup(tx, id))!;
}

/** Changes fields and lists that are there; the caller holds the group's lock. */
export async function updateGroup(site: Site, tx: Tx, id: string, fields: GroupFields): Promise<GroupRow> {
  const { name, title, description, image_url, is_organization, approval_status, state } = fields;
  await unlessTaken(taken, () =>
    tx.rows(
      `UPDATE "group" SET name = coalesce($2, name), title = coalesce($3, title),
         description = coalesce($4, description), image_url = coalesce($5, image_url),
         is_organization = coalesce($6, is_organization), approval_status = coalesce($7, approval_status),
         state = coalesce($8, state)
       WHERE id = $1`,
      [id, name, title, description, image_url, is_organization, approval_status, state],
    ),
  );
  await storeLists(site, tx, id, fields);
  return (await findGroup(tx, id))!;
}

async function storeLists(site: Site, tx: Tx, id: string, fields: GroupFields): Promise<void> {
  if (fields.extras && fields.extras.length > 0) await storeExtras(site, tx, id, fields.extras);
  if (fields.users) {
    const ids = await idsByReference(tx, 'user', fields.users);
    await replaceMembers(site, tx, id, 'user', membershipsOf(fields.users, ids));
  }
  if (fields.groups) {
    const ids = await idsByReference(tx, 'group', fields.groups);
    // A new one may name itself before there is anything to check; nothing stands above itself.
    const parents = membershipsOf(fields.groups, ids).filter(({ table_id }) => table_id !== id);
    await replaceMembers(site, tx, id, 'group', parents);
  }
  if (fields.packages) {
    const members = fields.packages.map((dataset) => ({
      table_id: dataset.id,
      capacity: dataset.capacity ?? 'public',
    }));
    await replaceMembers(site, tx, id, 'package', members);
  }
}

/** A list that is not empty replaces all extras; rows of keys that stay keep their ids. */
async function storeExtras(
  site: Site,
  tx: Tx,
  groupId: string,
  extras: NonNullable<GroupFields['extras']>,
): Promise<void> {
  const wanted = new Map(extras.map((extra) => [extra.key, extra]));
  for (const [key, extra] of wanted) if (isTruthy(extra.deleted)) wanted.delete(key);
  await tx.rows(`DELETE FROM group_extra WHERE group_id = $1 AND key <> ALL($2)`, [
    groupId,
    [...wanted.keys()],
  ]);
  const rows = JSON.stringify(
    [...wanted.values()].map(({ key, value }) => ({ id: site.runtime.id(), key, value })),
  );
  await tx.rows(
    `UPDATE group_extra e SET value = w.value, state = 'active'
     FROM jsonb_to_recordset($2::jsonb) AS w(key text, value text) WHERE e.group_id = $1 AND e.key = w.key`,
    [groupId, rows],
  );
  await tx.rows(
    `INSERT INTO group_extra (id, group_id, key, value, state)
     SELECT w.id, $1, w.key, w.value, 'active' FROM jsonb_to_recordset($2::jsonb) AS w(id text, key text, value text)
     WHERE NOT EXISTS (SELECT FROM group_extra e WHERE e.group_id = $1 AND e.key = w.key)`,
    [groupId, rows],
  );
}

interface Reference {
  name: string;
  capacity?: string;
}

/** Ids by name or id; one that is nobody's is left out, as in CKAN. */
async function idsByReference(
  tx: Tx,
  table: 'user' | 'group',
  references: Reference[],
): Promise<Map<string, string>> {
  const names = references.map((one) => one.name).filter((name) => !name.includes('\0'));
  const rows = await tx.rows<{ id: string; name: string }>(
    `SELECT id, name FROM "${table}" WHERE id = ANY($1) OR name = ANY($1)`,
    [names],
  );
  return new Map([
    ...rows.map((row) => [row.name, row.id] as const),
    ...rows.map((row) => [row.id, row.id] as const),
  ]);
}

const membershipsOf = (references: Reference[], ids: Map<string, string>) =>
  references.flatMap(({ name, capacity }) => {
    const id = ids.get(name);
    return id === undefined ? [] : [{ table_id: id, capacity: capacity ?? 'public' }];
  });
