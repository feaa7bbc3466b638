import { natural, optionalText, readAction } from '@portolan/catalogue';
import { invalid } from '@portolan/kernel';
import { jobToSee } from '../authorisation/job_rules.ts';
import { jobChanges } from '../job/changes.ts';
import type { JobRow } from '../job/job.repo.ts';
import { jobReport } from '../job/report.ts';

const page = 1000;

export const harvestJobReport = readAction<JobRow>({
  name: 'harvest_job_report',
  summary: 'Every error of a harvest job.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the job, or id or name of a source for its newest job.',
    },
    include: { type: 'text', meaning: '`changes` adds what was done with each record, and why.' },
    limit: { type: 'integer', meaning: `Most of these records; ${page} unless told otherwise.` },
    offset: { type: 'integer', meaning: 'So many of them are left out at the start.' },
  },
  authorise: jobToSee,
  async handle(call, params, job) {
    const include = optionalText(params, 'include');
    if (include !== undefined && include !== 'changes')
      throw invalid({ include: ['Must be one of: changes'] });
    const report = await jobReport(call.sql, job);
    if (include === undefined) return report;
    const changes = await jobChanges(call.sql, job.id, {
      limit: Math.min(natural(params, 'limit') ?? page, page),
      offset: natural(params, 'offset') ?? 0,
    });
    return { ...report, changes };
  },
});
