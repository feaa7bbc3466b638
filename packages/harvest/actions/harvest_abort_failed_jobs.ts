import { anyone, type Params, writeAction } from '@portolan/catalogue';
import { abortFailedJobs } from '../job/abort_failed.ts';

const defaultDays = 7;

export const harvestAbortFailedJobs = writeAction({
  name: 'harvest_abort_failed_jobs',
  summary: 'Ends jobs that have run for longer than their source is due again.',
  parameters: {
    life_span: { type: 'integer', meaning: 'Days a job of a source without a schedule may run.' },
    include: { type: 'text', meaning: 'Only jobs of these sources: ids or names with commas between.' },
    exclude: { type: 'text', meaning: 'No jobs of these sources.' },
  },
  authorise: anyone,
  handle(call, params) {
    // As recorded: everybody is answered, but nobody other than a sysadmin ends anything.
    if (!call.ignoreAuth && !call.user?.sysadmin) return 'There is no jobs to abort';
    const days = Number(params['life_span'] ?? defaultDays);
    return abortFailedJobs(call.sql, call.site, {
      days: Number.isFinite(days) && days > 0 ? days : defaultDays,
      include: ids(params, 'include'),
      exclude: ids(params, 'exclude'),
    });
  },
});

const ids = (params: Params, name: string): string[] =>
  typeof params[name] === 'string'
    ? params[name]
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean)
    : [];
