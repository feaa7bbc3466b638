import { invalid } from '@portolan/kernel';
import type { Params } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { mayUpdateTaskStatus, putTaskStatus } from '../service/task_status.ts';

export const taskStatusUpdateMany = writeAction<Params[]>({
  name: 'task_status_update_many',
  summary: 'Several notes at once, all or none.',
  parameters: {
    data: { type: 'list', required: true, meaning: 'Objects as task_status_update takes them.' },
  },
  authorise(call, params) {
    mayUpdateTaskStatus(call);
    const { data } = params;
    if (data === undefined) throw invalid({ data: ['Missing value'] });
    if (!Array.isArray(data)) throw invalid({ data: ['Not a list'] });
    if (data.some((one) => typeof one !== 'object' || one === null)) throw invalid({ data: ['Not a list'] });
    return data;
  },
  async handle(call, _params, data) {
    const results = [];
    for (const one of data) results.push(await putTaskStatus(call, one));
    return { results };
  },
});
