import { invalid } from '@portolan/kernel';
import type { Params } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { mayUpdateTaskStatus, putTaskStatus } from '../service/task_status.ts';

const isRecord = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
    // Python goes through these as through a list of nothing.
    if (data === '' || (isRecord(data) && Object.keys(data).length === 0)) return [];
    if (!Array.isArray(data)) throw invalid({ data: ['Not a list'] });
    return data.map((one) => {
      if (one === null) return {};
      if (!isRecord(one)) throw invalid({ data: ['Not a list'] });
      return one;
    });
  },
  async handle(call, _params, data) {
    const results = [];
    for (const one of data) results.push(await putTaskStatus(call, one));
    return { results };
  },
});
