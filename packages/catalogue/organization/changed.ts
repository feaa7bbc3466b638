import type { Call, Params } from '../action/call.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { countDatasets } from './datasets.ts';
import { extrasAsSent } from './extras_as_sent.ts';
import { extrasOf, membersOf, parentsOf, usersOf } from './parts.ts';
import { type GroupDict, presentGroup } from './presenter.ts';
import { hasPublishers, promotePublisherFields } from './publisher.ts';
import { type GroupRow, groupColumns, kindOf } from './row.ts';

/** How far the groups above are told. */
const deepest = 8;

/** What `*_update` and `*_patch` answer: more than a show, but for the followers. Source: CKAN `group_dictize`. */
export async function presentChanged(
  call: Call,
  group: GroupRow,
  datasets: DatasetDict[],
  sent: Params,
): Promise<GroupDict> {
  const { sql, site } = call;
  const ids = [group.id];
  const dict = {
    ...presentGroup(group, site.config),
    extras: extrasAsSent((await extrasOf(sql, ids)).get(group.id) ?? [], sent),
    packages: datasets,
    package_count: (await countDatasets(call, ids)).get(group.id) ?? 0,
    tags: [],
    groups: await groupsAbove(call, group.id),
    users: (await usersOf(sql, ids, site.config)).get(group.id) ?? [],
  };
  return hasPublishers(call, kindOf(group)) ? promotePublisherFields(dict) : dict;
}

/** The groups above with all that stands above them: one statement a level. */
async function groupsAbove(call: Call, id: string): Promise<GroupDict[]> {
  const { sql, site } = call;
  const parents = new Map<string, { id: string; capacity: string }[]>();
  const seen = new Set<string>();
  let level = [id];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const found = await parentsOf(sql, level);
    for (const child of level) parents.set(child, found.get(child) ?? []);
    level = [...new Set([...found.values()].flat().map((parent) => parent.id))].filter(
      (parent) => !parents.has(parent),
    );
    for (const parent of level) seen.add(parent);
  }
  if (seen.size === 0) return [];
  const ids = [...seen];
  const rows = await sql.rows<GroupRow>(`SELECT ${groupColumns} FROM "group" g WHERE g.id = ANY($1)`, [ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const members = await membersOf(sql, ids);
  const counts = await countDatasets(call, ids);

  const above = (child: string, path: string[]): GroupDict[] =>
    (parents.get(child) ?? []).flatMap((parent) => {
      const row = byId.get(parent.id);
      // A circle, which hand-written rows may make, is told once.
      if (!row || path.includes(parent.id)) return [];
      return [
        {
          ...presentGroup(row, site.config),
          capacity: parent.capacity,
          member_count: members.get(parent.id) ?? 0,
          package_count: counts.get(parent.id) ?? 0,
          groups: above(parent.id, [...path, parent.id]),
        },
      ];
    });
  return above(id, [id]);
}
