import type { Sql } from '@portolan/db';
import { notFound, timestamp } from '@portolan/kernel';
import { ignoreMissing, isoDate, notEmpty, type Schema, text } from '@portolan/schema';
import type { Call, Params, WriteCall } from '../action/call.ts';
import { isTruthy, requireSent } from '../action/parameters.ts';
import { validatedParams } from '../action/validated_params.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';
import { isoTime } from '../dataset/time.ts';

export interface TaskStatusRow {
  id: string;
  entity_id: string;
  entity_type: string;
  task_type: string;
  key: string;
  value: string;
  state: string | null;
  error: string | null;
  last_updated: string | null;
}

const columns = 'id, entity_id, entity_type, task_type, key, value, state, error, last_updated';

const schema: Schema = {
  fields: {
    id: [ignoreMissing, text],
    entity_id: [notEmpty, text],
    entity_type: [notEmpty, text],
    task_type: [notEmpty, text],
    key: [notEmpty, text],
    value: [ignoreMissing, text],
    state: [ignoreMissing, text],
    last_updated: [ignoreMissing, isoDate],
    error: [ignoreMissing, text],
  },
  unknown: 'ignore',
};

interface TaskStatusFields {
  id?: string;
  entity_id: string;
  entity_type: string;
  task_type: string;
  key: string;
  value?: string;
  state?: string;
  last_updated?: string | null;
  error?: string;
}

export function mayUpdateTaskStatus(call: Call): undefined {
  if (!alwaysAllowed(call)) throw notAuthorised(call, 'update task_status table');
}

/** Finds by id, or by what the row is about. @throws PortolanError `validation`, `notFound` */
export async function findTaskStatus(sql: Sql, params: Params): Promise<TaskStatusRow> {
  const byId = isTruthy(params['id']);
  // CKAN asks for one after the other.
  if (!byId) for (const name of ['entity_id', 'task_type', 'key']) requireSent(params, [name]);
  const { id, entity_id, task_type, key } = params;
  const values = byId ? [id] : [entity_id, task_type, key];
  if (values.some((value) => typeof value !== 'string' || value.includes('\0'))) throw notFound();
  const rows = await sql.rows<TaskStatusRow>(
    `SELECT ${columns} FROM task_status
     WHERE ${byId ? 'id = $1' : 'entity_id = $1 AND task_type = $2 AND key = $3'}`,
    values,
  );
  if (!rows[0]) throw notFound();
  return rows[0];
}

export const presentTaskStatus = (row: TaskStatusRow) => ({
  ...row,
  last_updated: isoTime(row.last_updated),
});

/**
 * Makes or changes a row; what is not sent stays. One statement, so that of two at once neither is refused.
 * @throws PortolanError `validation`, `notFound`
 */
export async function putTaskStatus(call: WriteCall, params: Params) {
  const fields = (await validatedParams(schema, params, undefined)) as unknown as TaskStatusFields;
  if (isTruthy(params['id'])) {
    const rows = await call.sql.rows('SELECT FROM task_status WHERE id = $1', [fields.id]);
    if (rows.length === 0) throw notFound('TaskStatus was not found.');
  }
  const rows = await call.sql.rows<TaskStatusRow>(
    `INSERT INTO task_status AS t (${columns})
     VALUES ($1, $2, $3, $4, $5, coalesce($6, ''), $7, $8, coalesce($9::timestamp, $10::timestamp))
     ON CONFLICT (entity_id, task_type, key) DO UPDATE SET entity_type = excluded.entity_type,
       value = coalesce($6, t.value), state = coalesce($7, t.state), error = coalesce($8, t.error),
       last_updated = coalesce($9::timestamp, t.last_updated)
     RETURNING ${columns}`,
    [
      call.site.runtime.id(),
      fields.entity_id,
      fields.entity_type,
      fields.task_type,
      fields.key,
      fields.value,
      fields.state,
      fields.error,
      fields.last_updated,
      timestamp(call.site.runtime.now()),
    ],
  );
  return presentTaskStatus(rows[0]!);
}
