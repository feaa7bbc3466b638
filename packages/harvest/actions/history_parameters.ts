import { isTruthy, natural, type Parameter, type Params } from '@portolan/catalogue';
import type { KeptHistory } from '../source/clear.ts';

/** What the actions that clear the history of sources take. */
export const historyParameters: Record<string, Parameter> = {
  keep_current: { type: 'boolean', meaning: 'Keep the records that datasets are made of.' },
  keep_jobs: {
    type: 'integer',
    meaning: 'Keep so many of the newest finished jobs; none unless told otherwise.',
  },
};

export const keptBy = (params: Params): KeptHistory => ({
  current: isTruthy(params['keep_current']),
  jobs: natural(params, 'keep_jobs') ?? 0,
});
