import { denied, invalid, missingValue } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { type ReadAction, readAction } from '../action/declaration.ts';
import { isNothing, isTruthy, sent } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { loadDatasets } from '../dataset/load.ts';
import { presentDataset } from '../dataset/presenter.ts';
import { type GroupRow, groupColumns } from '../organization/row.ts';
import { datasetsOfGroup, showGroups } from '../organization/show.ts';
import { displayName, presentUser } from '../user/presenter.ts';
import { findUser, type UserRow, userColumns } from '../user/row.ts';

type Dict = Record<string, unknown>;
export type FolloweeKind = 'user' | 'dataset' | 'group' | 'organization';

async function users(call: Call, followerId: string): Promise<Dict[]> {
  const rows = await call.sql.prepared<UserRow>(
    'followed_users',
    `SELECT ${userColumns} FROM user_following_user f JOIN "user" u ON u.id = f.object_id AND u.state = 'active'
     WHERE f.follower_id = $1 ORDER BY f.datetime, u.id`,
    [followerId],
  );
  return rows.map((user) => ({ ...presentUser(user, call.site.config), display_name: displayName(user) }));
}

async function datasets(call: Call, followerId: string): Promise<Dict[]> {
  const rows = await call.sql.prepared<{ id: string }>(
    'followed_datasets',
    `SELECT p.id FROM user_following_dataset f JOIN package p ON p.id = f.object_id AND p.state = 'active'
     WHERE f.follower_id = $1 ORDER BY f.datetime, p.id`,
    [followerId],
  );
  const stored = await loadDatasets(
    call.sql,
    rows.map((row) => row.id),
  );
  const byId = new Map(stored.map((one) => [one.id, presentDataset(one, call.site.config)]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}

const groupsOf =
  (organizations: boolean) =>
  async (call: Call, followerId: string): Promise<Dict[]> => {
    const rows = await call.sql.prepared<GroupRow>(
      'followed_groups',
      `SELECT ${groupColumns} FROM user_following_group f
       JOIN "group" g ON g.id = f.object_id AND g.state = 'active' AND coalesce(g.is_organization, false) = $2
       WHERE f.follower_id = $1 ORDER BY f.datetime, g.id`,
      [followerId, organizations],
    );
    const parts = {
      datasets: false,
      datasetCount: true,
      extras: true,
      users: true,
      groups: true,
      tags: true,
      followers: false,
      memberCount: false,
    };
    const dicts = await showGroups(call, rows, parts);
    const told: Dict[] = [];
    for (const [index, { num_followers: _, ...dict }] of dicts.entries())
      told.push({ ...dict, packages: await datasetsOfGroup(call, rows[index]!) });
    return told;
  };

const listers: Record<FolloweeKind, (call: Call, followerId: string) => Promise<Dict[]>> = {
  user: users,
  dataset: datasets,
  group: groupsOf(false),
  organization: groupsOf(true),
};

async function follower(call: Call, params: Params): Promise<UserRow> {
  if (isNothing(sent(params, 'id'))) throw missingValue('id');
  const user = await findUser(call.sql, params['id']);
  if (!user) throw invalid({ id: ['Not found: User'] });
  return user;
}

/** One's own, and for sysadmins everybody's; others are not told whether there is such an account. */
async function ownFolloweesOfKind(call: Call, params: Params): Promise<UserRow> {
  if (alwaysAllowed(call)) return follower(call, params);
  const user = await findUser(call.sql, params['id']);
  if (!user || call.user?.id !== user.id) throw denied('Not authorized');
  return user;
}

/** Likewise, but the account is looked for first. */
async function ownFollowees(call: Call, params: Params): Promise<UserRow> {
  if (alwaysAllowed(call)) return follower(call, params);
  const user = await follower(call, params);
  if (call.user?.id !== user.id) throw denied('Not authorized');
  return user;
}

const parameters = { id: { type: 'text', required: true, meaning: 'Id or name of the account.' } } as const;

export const followeeListAction = (kind: FolloweeKind): ReadAction<UserRow> =>
  readAction({
    name: `${kind}_followee_list`,
    summary: `The ${kind}s that an account follows.`,
    parameters,
    authorise: ownFolloweesOfKind,
    handle: (call, _params, user) => listers[kind](call, user.id),
  });

/** Everything that an account follows, each with its kind; `q` is the beginning of the names wanted. */
export const allFolloweesAction = (): ReadAction<UserRow> =>
  readAction({
    name: 'followee_list',
    summary: 'Everything that an account follows.',
    parameters: { ...parameters, q: { type: 'text', meaning: 'Beginning of the names to be shown.' } },
    authorise: ownFollowees,
    async handle(call, params, user) {
      const q = isTruthy(params['q']) ? String(params['q']).trim().toLowerCase() : '';
      const found: { type: FolloweeKind; display_name: string; dict: Dict }[] = [];
      for (const kind of Object.keys(listers) as FolloweeKind[])
        for (const dict of await listers[kind](call, user.id)) {
          const name = String(dict['display_name'] ?? dict['title'] ?? dict['name']);
          if (name.toLowerCase().startsWith(q)) found.push({ type: kind, display_name: name, dict });
        }
      return found;
    },
  });

/**
 * CKAN 2.11 answers the number of groups when it is asked for users or datasets, and when it is asked for all;
 * clients that were written against it see the same here.
 */
export const followeeCountAction = (name: string, kind: 'group' | 'organization'): ReadAction<UserRow> =>
  readAction({
    name,
    summary: `The number of ${kind}s that an account follows.`,
    parameters,
    authorise: follower,
    async handle(call, _params, user) {
      const rows = await call.sql.prepared<{ count: number }>(
        'count_followed_groups',
        `SELECT count(*)::int AS count FROM user_following_group f
         JOIN "group" g ON g.id = f.object_id AND g.state = 'active' AND coalesce(g.is_organization, false) = $2
         WHERE f.follower_id = $1`,
        [user.id, kind === 'organization'],
      );
      return rows[0]!.count;
    },
  });
