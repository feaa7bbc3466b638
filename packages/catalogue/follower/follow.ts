import { denied, invalidMessage, timestamp } from '@portolan/kernel';
import type { Params, User, WriteCall } from '../action/call.ts';
import type { WriteAction } from '../action/declaration.ts';
import { writeAction } from '../action/declaration.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { isoTime } from '../dataset/time.ts';
import { followables } from './kinds.ts';

type Kind = keyof typeof followables;

function loggedInTo(call: WriteCall, verb: string, kind: Kind): User {
  alwaysAllowed(call);
  if (!call.user) throw denied(`You must be logged in to ${verb} ${kind}s`);
  return call.user;
}

/** The action `follow_<kind>`: following twice is following once. */
export const followAction = (kind: Kind): WriteAction<User> =>
  writeAction({
    name: `follow_${kind}`,
    summary: `Makes the caller a follower of a ${kind}.`,
    parameters: { id: { type: 'text', required: true, meaning: `Id or name of the ${kind}.` } },
    authorise: (call) => loggedInTo(call, 'follow', kind),
    async handle(call, params, user) {
      const { table } = followables[kind];
      const object = await find(call, kind, params, `${kind} to follow`);
      if (kind === 'user' && object.id === user.id) throw invalidMessage('You cannot follow yourself');
      // The second of two at once finds the row of the first.
      const rows = await call.sql.rows<{ follower_id: string; object_id: string; datetime: string }>(
        `INSERT INTO ${table} (follower_id, object_id, datetime) VALUES ($1, $2, $3)
         ON CONFLICT (follower_id, object_id) DO UPDATE SET datetime = ${table}.datetime
         RETURNING follower_id, object_id, datetime`,
        [user.id, object.id, timestamp(call.site.runtime.now())],
      );
      const row = rows[0]!;
      return { ...row, datetime: isoTime(row.datetime) };
    },
  });

/** The action `unfollow_<kind>`: where nothing is followed there is nothing to do. */
export const unfollowAction = (kind: Kind): WriteAction<User> =>
  writeAction({
    name: `unfollow_${kind}`,
    summary: `Ends the caller’s following of a ${kind}.`,
    parameters: { id: { type: 'text', required: true, meaning: `Id or name of the ${kind}.` } },
    authorise: (call) => loggedInTo(call, 'unfollow', kind),
    async handle(call, params, user) {
      const object = await find(call, kind, params, 'object to unfollow');
      await call.sql.rows(
        `DELETE FROM ${followables[kind].table} WHERE follower_id = $1 AND object_id = $2`,
        [user.id, object.id],
      );
      return null;
    },
  });

async function find(call: WriteCall, kind: Kind, params: Params, what: string): Promise<{ id: string }> {
  const found = await followables[kind].find(call.sql, params['id']);
  if (!found) throw invalidMessage(`Error validating the schema of the ${what}.`);
  return found;
}
