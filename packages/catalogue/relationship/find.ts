import type { Sql } from '@portolan/db';
import { invalid, missingValue, notFound } from '@portolan/kernel';
import { pythonText, relationshipTypes } from '@portolan/schema';
import type { Call, Params } from '../action/call.ts';
import { isNothing, requireSent } from '../action/parameters.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { type DatasetRow, findDataset } from '../dataset/find.ts';
import { canEdit } from '../dataset/may_edit.ts';
import { isForward, reverseOf } from './types.ts';

export interface Ends {
  /** In the direction that is stored. */
  subject: DatasetRow;
  object: DatasetRow;
  /** Empty for what is no type: no relationship is of it. */
  type: string;
}

/** The two datasets and the type of a request, turned into the direction that is stored. @throws PortolanError `notFound` */
export async function findEnds(call: Call, params: Params): Promise<Ends> {
  requireSent(params, ['subject', 'object', 'type']);
  const subject = await find(call.sql, params['subject']);
  if (!subject) throw notFound(`Subject package ${pythonText(params['subject'])} was not found.`);
  const object = await find(call.sql, params['object']);
  if (!object) throw notFound(`Object package ${pythonText(params['object'])} was not found.`);
  const { type } = params;
  if (!isType(type)) return { subject, object, type: '' };
  return isForward(type)
    ? { subject, object, type }
    : { subject: object, object: subject, type: reverseOf(type) };
}

const isType = (value: unknown): value is string => relationshipTypes.some((known) => known === value);

/** @throws PortolanError `validation` */
export function requireType({ type }: Ends, params: Params): void {
  if (type !== '') return;
  const choices = relationshipTypes.map((choice) => `'${choice}'`).join(', ');
  throw isNothing(params['type'])
    ? missingValue('type')
    : invalid({ type: [`Value must be one of [${choices}]`] });
}

export const find = async (sql: Sql, reference: unknown): Promise<DatasetRow | undefined> =>
  typeof reference === 'string' && !reference.includes('\0') ? findDataset(sql, reference) : undefined;

/** Both datasets have to be the caller's to change. */
export async function mayRelate(call: Call, { subject, object }: Ends): Promise<void> {
  if ((await canEdit(call, subject)) && (await canEdit(call, object))) return;
  throw notAuthorised(call, 'edit these packages');
}

export interface RelationshipRow {
  id: string;
  state: string;
}

/** The relationship's row, whether it is active or deleted; active ones first. */
export async function findRelationship(sql: Sql, ends: Ends): Promise<RelationshipRow | undefined> {
  const rows = await sql.prepared<RelationshipRow>(
    'find_relationship',
    `SELECT id, state FROM package_relationship
     WHERE subject_package_id = $1 AND object_package_id = $2 AND type = $3 ORDER BY state LIMIT 1`,
    [ends.subject.id, ends.object.id, ends.type],
  );
  return rows[0];
}

/** Seen from the object the type is turned round; the object's view holds also where both are one. */
export const presentRelationship = (
  ends: { subject: { id: string; name: string }; object: { id: string; name: string }; type: string },
  comment: unknown,
  viewer: string,
) =>
  viewer === ends.object.id
    ? { subject: ends.object.name, type: reverseOf(ends.type), object: ends.subject.name, comment }
    : { subject: ends.subject.name, type: ends.type, object: ends.object.name, comment };
