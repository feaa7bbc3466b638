import type { Sql } from '@portolan/db';
import { invalid, missingValue } from '@portolan/kernel';
import type { Params } from '../action/call.ts';
import { isNothing, sent } from '../action/parameters.ts';
import { findDataset } from '../dataset/find.ts';
import { findGroup } from '../organization/row.ts';
import { findUser } from '../user/row.ts';

/** What can be followed: where it stands, and what CKAN calls it. */
export interface Followable {
  /** Table of `follower_id`, `object_id`, `datetime`. */
  table: 'user_following_dataset' | 'user_following_group' | 'user_following_user';
  /** Table of the followed, as SQL writes it. */
  objects: 'package' | '"group"' | '"user"';
  title: 'Dataset' | 'Group' | 'User';
  find(sql: Sql, reference: unknown): Promise<{ id: string } | undefined>;
}

const findFollowedDataset = async (sql: Sql, reference: unknown) =>
  typeof reference === 'string' && !reference.includes('\0') ? findDataset(sql, reference) : undefined;

export const followables = {
  dataset: {
    table: 'user_following_dataset',
    objects: 'package',
    title: 'Dataset',
    find: findFollowedDataset,
  },
  group: { table: 'user_following_group', objects: '"group"', title: 'Group', find: findGroup },
  user: { table: 'user_following_user', objects: '"user"', title: 'User', find: findUser },
} as const satisfies Record<string, Followable>;

/** What `id` speaks of. @throws PortolanError `validation` */
export async function requireFollowed(
  sql: Sql,
  followable: Followable,
  params: Params,
): Promise<{ id: string }> {
  if (isNothing(sent(params, 'id'))) throw missingValue('id');
  const found = await followable.find(sql, params['id']);
  if (!found) throw invalid({ id: [`Not found: ${followable.title}`] });
  return found;
}
