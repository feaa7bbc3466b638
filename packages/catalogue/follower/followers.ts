import { denied } from '@portolan/kernel';
import { type ReadAction, readAction } from '../action/declaration.ts';
import { alwaysAllowed, anyone } from '../authorisation/rules.ts';
import { presentUser } from '../user/presenter.ts';
import { type UserRow, userColumns } from '../user/row.ts';
import { followables, requireFollowed } from './kinds.ts';

type Kind = keyof typeof followables;

/** `name` is the word in the action's name: organisations are followed as groups are. */
export const amFollowingAction = (kind: Kind): ReadAction =>
  readAction({
    name: `am_following_${kind}`,
    summary: `Whether the caller follows a ${kind}.`,
    parameters: { id: { type: 'text', required: true, meaning: `Id or name of the ${kind}.` } },
    authorise: anyone,
    async handle(call, params) {
      const { id } = await requireFollowed(call.sql, followables[kind], params);
      if (!call.user || call.user.state === 'deleted') throw denied();
      const rows = await call.sql.rows(
        `SELECT FROM ${followables[kind].table} WHERE follower_id = $1 AND object_id = $2`,
        [call.user.id, id],
      );
      return rows.length > 0;
    },
  });

export const followerCountAction = (kind: Kind, name: string = kind): ReadAction =>
  readAction({
    name: `${name}_follower_count`,
    summary: `How many follow a ${name}.`,
    parameters: { id: { type: 'text', required: true, meaning: `Id or name of the ${name}.` } },
    authorise: anyone,
    async handle(call, params) {
      const { table, objects } = followables[kind];
      const { id } = await requireFollowed(call.sql, followables[kind], params);
      const rows = await call.sql.rows<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table} f
         JOIN ${objects} o ON o.id = f.object_id AND o.state = 'active'
         JOIN "user" u ON u.id = f.follower_id AND u.state = 'active' WHERE f.object_id = $1`,
        [id],
      );
      return rows[0]!.count;
    },
  });

export const followerListAction = (kind: Kind, name: string = kind): ReadAction =>
  readAction({
    name: `${name}_follower_list`,
    summary: `Who follows a ${name}; for sysadmins.`,
    parameters: { id: { type: 'text', required: true, meaning: `Id or name of the ${name}.` } },
    authorise(call) {
      if (!alwaysAllowed(call)) throw denied('Not authorized');
    },
    async handle(call, params) {
      const { table, objects } = followables[kind];
      const { id } = await requireFollowed(call.sql, followables[kind], params);
      const rows = await call.sql.rows<UserRow>(
        `SELECT ${userColumns} FROM ${table} f
         JOIN ${objects} o ON o.id = f.object_id AND o.state = 'active'
         JOIN "user" u ON u.id = f.follower_id AND u.state = 'active' WHERE f.object_id = $1
         ORDER BY f.datetime, u.id`,
        [id],
      );
      return rows.map((user) => presentUser(user, call.site.config));
    },
  });
