import { writeAction } from '../action/declaration.ts';
import { mayUpdateTaskStatus, putTaskStatus } from '../service/task_status.ts';

export const taskStatusUpdate = writeAction({
  name: 'task_status_update',
  summary: 'Notes something about a service’s work, or changes the note.',
  parameters: {
    id: { type: 'text', meaning: 'Id of a note that there is.' },
    entity_id: { type: 'text', required: true, meaning: 'What it is about.' },
    entity_type: { type: 'text', required: true, meaning: 'What kind of thing that is.' },
    task_type: { type: 'text', required: true, meaning: 'The kind of work.' },
    key: { type: 'text', required: true, meaning: 'Name of the note.' },
    value: { type: 'text', meaning: 'The note.' },
    state: { type: 'text', meaning: 'State of the work.' },
    last_updated: { type: 'text', meaning: 'When; now when missing.' },
    error: { type: 'text', meaning: 'What went wrong.' },
  },
  authorise: mayUpdateTaskStatus,
  handle: putTaskStatus,
});
