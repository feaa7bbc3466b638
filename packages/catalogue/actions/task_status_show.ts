import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { findTaskStatus, presentTaskStatus } from '../service/task_status.ts';

export const taskStatusShow = readAction({
  name: 'task_status_show',
  summary: 'What a service noted about its work on something.',
  parameters: {
    id: { type: 'text', meaning: 'Id of the note.' },
    entity_id: { type: 'text', meaning: 'Or: what it is about,' },
    task_type: { type: 'text', meaning: 'the kind of work,' },
    key: { type: 'text', meaning: 'and the name of the note.' },
  },
  authorise: anyone,
  handle: async (call, params) => presentTaskStatus(await findTaskStatus(call.sql, params)),
});
