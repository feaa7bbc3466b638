import type { Sql } from '@portolan/db';
import {
  boolean,
  type CallerContext,
  drop,
  emptyIfNotSysadmin,
  type Fields,
  ignore,
  ignoreMissing,
  ignoreNotSysadmin,
  listOf,
  name,
  notEmpty,
  notMissing,
  refuse,
  type Schema,
  text,
  uuid,
  type Validator,
} from '@portolan/schema';
import { findDataset } from '../dataset/find.ts';
import { descendants } from './hierarchy.ts';
import { findGroup, type GroupRow } from './row.ts';

export interface GroupContext extends CallerContext {
  readonly sql: Sql;
  /** What is changed; nothing when it is made. */
  readonly group: GroupRow | undefined;
}

export const takenName = 'Group name already exists in database';

const freeName: Validator<GroupContext> = async (value, { context: { sql, group } }) => {
  const rows = await sql.prepared(
    'group_of_name',
    `SELECT FROM "group" WHERE name = $1 AND id IS DISTINCT FROM $2`,
    [value, group?.id ?? null],
  );
  return rows.length > 0 ? refuse(takenName) : value;
};

const unusedId: Validator<GroupContext> = async (value, { context: { sql } }) =>
  (await findGroup(sql, value)) ? refuse('Id already exists') : value;

/** What stands above may not stand below, too; a name that is nobody's cannot be checked. */
const noLoop: Validator<GroupContext> = async (value, { context: { sql, group } }) => {
  if (!group) return value;
  const above = await findGroup(sql, value);
  const loops = !above || (await descendants(sql, group.id)).includes(above.id);
  return loops ? refuse('This parent would create a loop in the hierarchy') : value;
};

const dataset: Validator<GroupContext> = async (value, { context }) => {
  const found = typeof value === 'string' ? await findDataset(context.sql, value) : undefined;
  return found ? found.id : refuse('Not found: Dataset');
};

/** Keys that a field of the form has are no extras. */
const freeKey: Validator<GroupContext> = (value) =>
  typeof value === 'string' && Object.hasOwn(plainFields, value)
    ? refuse('There is a schema field with the same name')
    : value;

const freeText = [ignoreMissing, text];

const plainFields = {
  title: freeText,
  description: freeText,
  image_url: freeText,
  image_display_url: [ignore],
  created: [ignore],
  approval_status: freeText,
  is_organization: [ignoreMissing, boolean],
} satisfies Schema<GroupContext>['fields'];

const extra: Schema<GroupContext> = {
  fields: {
    id: [ignoreMissing, emptyIfNotSysadmin, uuid],
    key: [notEmpty, freeKey, text],
    value: [notMissing, (value) => (value === null ? value : asText(value))],
    state: [ignore],
    deleted: [ignoreMissing],
    group_id: [ignore],
  },
  unknown: 'ignore',
};

/** Numbers are kept as CKAN's column turns them into text. */
const asText = (value: unknown) =>
  typeof value === 'object'
    ? refuse('Only strings, numbers and booleans can be values of extras')
    : String(value);

const lists = {
  extras: listOf(extra),
  packages: listOf<GroupContext>({
    fields: { id: [notEmpty, text, dataset], capacity: freeText },
    unknown: 'ignore',
  }),
  users: listOf<GroupContext>({
    fields: { name: [notEmpty, text], capacity: freeText },
    unknown: 'ignore',
  }),
  groups: listOf<GroupContext>({
    fields: { name: [notEmpty, text, noLoop], capacity: freeText },
    unknown: 'ignore',
  }),
  // What show tells of them may be sent back; whatever it is, nothing is done with it.
  tags: [ignore],
} satisfies Schema<GroupContext>['fields'];

/** Fields of `*_create`. Source: CKAN `default_group_schema`. */
export const newGroup: Schema<GroupContext> = {
  fields: {
    id: [ignoreMissing, emptyIfNotSysadmin, uuid, unusedId],
    name: [notEmpty, text, name, freeName],
    type: freeText,
    state: [ignoreMissing, ignoreNotSysadmin, text],
    ...plainFields,
    ...lists,
  },
  unknown: 'ignore',
};

/** Fields of `*_update`: what is not sent, or null, stays. Only the uniqueness of the name is looked at. */
export const changedGroup: Schema<GroupContext> = {
  fields: {
    id: [() => drop],
    name: [ignoreMissing, notEmpty, text, freeName],
    state: freeText,
    ...plainFields,
    ...lists,
  },
  unknown: 'ignore',
};

export interface GroupFields extends Fields {
  id?: string;
  name?: string;
  title?: string;
  description?: string;
  image_url?: string;
  type?: string;
  approval_status?: string;
  state?: string;
  is_organization?: boolean;
  extras?: { id?: string; key: string; value: string | null; deleted?: unknown }[];
  packages?: { id: string; capacity?: string }[];
  users?: { name: string; capacity?: string }[];
  groups?: { name: string; capacity?: string }[];
}
