import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { flag } from '../action/parameters.ts';
import { listDatasets } from '../organization/datasets.ts';
import { mayActFor, presentUserTo } from '../user/presenter.ts';
import { findUser, type UserRow } from '../user/row.ts';
import { maySeeUsers } from '../user/rules.ts';

const mostDatasets = 50;

export const userShow = readAction<UserRow>({
  name: 'user_show',
  summary: 'An account; its e-mail address is shown to itself and to sysadmins only.',
  parameters: {
    id: { type: 'text', meaning: 'Id or name; the caller when missing.' },
    include_datasets: { type: 'boolean', meaning: `Add the ${mostDatasets} datasets it last changed.` },
    include_num_followers: { type: 'boolean', meaning: 'Add the number of its followers.' },
    include_password_hash: { type: 'boolean', meaning: 'Add the hash of its password; sysadmins only.' },
    include_plugin_extras: { type: 'boolean', meaning: 'Add what plugins keep beside it; sysadmins only.' },
  },
  async authorise(call, params) {
    const user = await findUser(call.sql, params['id'] === undefined ? call.user?.id : params['id']);
    if (!user) throw notFound();
    maySeeUsers(call);
    return user;
  },
  async handle(call, params, user) {
    const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
    const own = mayActFor(call, user);
    const dict = presentUserTo(call, user);
    if (own) dict['number_created_packages'] = await countCreated();
    if (flag(params, 'include_password_hash', false) && sysadmin) dict['password_hash'] = user.password;
    if (flag(params, 'include_plugin_extras', false) && sysadmin) dict['plugin_extras'] = user.plugin_extras;
    if (flag(params, 'include_datasets', false))
      dict['datasets'] = await listDatasets(call, { creator: user.id, hidden: own }, mostDatasets);
    if (flag(params, 'include_num_followers', false)) dict['num_followers'] = await countFollowers();
    return dict;

    async function countCreated(): Promise<number> {
      const rows = await call.sql.prepared<{ count: number }>(
        'count_created',
        `SELECT count(*)::int AS count FROM package WHERE creator_user_id = $1 AND state <> 'deleted'`,
        [user.id],
      );
      return rows[0]!.count;
    }

    async function countFollowers(): Promise<number> {
      const rows = await call.sql.prepared<{ count: number }>(
        'count_followers_of_user',
        `SELECT count(*)::int AS count FROM user_following_user f
         JOIN "user" u ON u.id = f.follower_id AND u.state = 'active' WHERE f.object_id = $1`,
        [user.id],
      );
      return rows[0]!.count;
    }
  },
});
