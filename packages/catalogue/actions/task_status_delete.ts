import { denied, notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { findTaskStatus, type TaskStatusRow } from '../service/task_status.ts';

export const taskStatusDelete = writeAction<TaskStatusRow>({
  name: 'task_status_delete',
  summary: 'Deletes a note of a service.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the note.' } },
  async authorise(call, params) {
    const id = requiredText(params, 'id');
    if (id === '') throw notFound();
    const row = await findTaskStatus(call.sql, { id });
    if (!alwaysAllowed(call)) throw denied();
    return row;
  },
  async handle(call, _params, { id }) {
    await call.sql.rows('DELETE FROM task_status WHERE id = $1', [id]);
    return null;
  },
});
