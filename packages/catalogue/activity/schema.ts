import type { Sql } from '@portolan/db';
import {
  ignoreMissing,
  notEmpty,
  pythonWords,
  refuse,
  refuseAndStop,
  type Schema,
  text,
  type Validator,
} from '@portolan/schema';

export interface ActivityContext {
  readonly sql: Sql;
}

type Rule = Validator<ActivityContext>;

const tables = {
  User: '"user"',
  Dataset: 'package',
  Group: '"group"',
} as const;
type Kind = keyof typeof tables;

/** What the object of an activity is, by type. */
const objectKinds: Record<string, Kind> = {
  'new package': 'Dataset',
  'changed package': 'Dataset',
  'deleted package': 'Dataset',
  'follow dataset': 'Dataset',
  'new user': 'User',
  'changed user': 'User',
  'follow user': 'User',
  'new group': 'Group',
  'changed group': 'Group',
  'deleted group': 'Group',
  'new organization': 'Group',
  'changed organization': 'Group',
  'deleted organization': 'Group',
  'follow group': 'Group',
};

/** CKAN's `…_id_exists`: an object is known by its id alone. */
async function existing(kind: Kind, value: unknown, sql: Sql): Promise<unknown> {
  const rows = await sql.rows(`SELECT FROM ${tables[kind]} WHERE id = $1`, [String(value)]);
  return rows.length > 0 ? value : refuse(`Not found: ${kind}`);
}

/** CKAN's `convert_user_name_or_id_to_id`. */
async function userId(value: unknown, sql: Sql): Promise<unknown> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM "user" WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
    [String(value)],
  );
  return rows[0]?.id ?? refuse('Not found: User');
}

const knownType: Rule = (value) =>
  Object.hasOwn(objectKinds, String(value)) ? value : refuse('Not found: Activity type');

const objectOfType: Rule = (value, { record, context }) => {
  // Of a type that was not sent at all nothing can be said.
  if (record['activity_type'] === undefined) return refuseAndStop('Missing value');
  const type = pythonWords(record['activity_type']);
  const kind = Object.hasOwn(objectKinds, type) ? objectKinds[type] : undefined;
  return kind
    ? existing(kind, value, context.sql)
    : refuse(`There is no object_id validator for activity type "${type}"`);
};

const listOfTexts: Rule = (value) => (Array.isArray(value) ? value : refuse('Not a list'));

/** Source: CKAN's `default_create_activity_schema`. */
export const activitySchema: Schema<ActivityContext> = {
  fields: {
    activity_type: [notEmpty, text, knownType],
    object_id: [notEmpty, text, objectOfType],
    user_id: [notEmpty, text, (value, { context }) => userId(value, context.sql)],
    data: [ignoreMissing],
    permission_labels: [ignoreMissing, listOfTexts],
  },
  unknown: 'ignore',
};
