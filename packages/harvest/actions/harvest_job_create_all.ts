import { isTruthy, optionalText, sysadminOnly, writeAction } from '@portolan/catalogue';
import { timestamp } from '@portolan/kernel';
import { trueUnlessFalse } from '../authorisation/source_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import { createJob } from '../job/start.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { sourcesToHarvest } from '../source/list.ts';

export const harvestJobCreateAll = writeAction({
  name: 'harvest_job_create_all',
  summary: 'Makes a job for every active harvest source that has none under way.',
  parameters: {
    run: { type: 'boolean', meaning: 'False leaves the jobs as they are made.' },
    organization_id: { type: 'text', meaning: 'Only for sources of this organisation, by id.' },
    only_to_run: { type: 'boolean', meaning: 'Only for those that are due.' },
  },
  authorise: sysadminOnly,
  async handle(call, params) {
    const sources = await sourcesToHarvest(call.sql, {
      organizationId: optionalText(params, 'organization_id'),
      dueAt: isTruthy(params['only_to_run']) ? timestamp(call.site.runtime.now()) : undefined,
      limit: call.site.config.harvestSourceLimit,
    });
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const jobs: unknown[] = [];
    for (const id of sources) {
      const job = await createJob(call.sql, site, id, { run: trueUnlessFalse(params, 'run') });
      jobs.push(await presentJob(call.sql, job, { summaries: false }));
    }
    return jobs;
  },
});
