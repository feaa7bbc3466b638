import { writeAction } from '@portolan/catalogue';
import { denied, notFound } from '@portolan/kernel';
import { assertMayChange, printed, trueUnlessFalse } from '../authorisation/source_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import { createJob } from '../job/start.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { findSource, type Source } from '../source/source.repo.ts';

export const harvestJobCreate = writeAction<Source>({
  name: 'harvest_job_create',
  summary: 'Makes a job that harvests a source, and starts it unless told otherwise.',
  parameters: {
    source_id: { type: 'text', required: true, meaning: 'Id of the source.' },
    run: { type: 'boolean', meaning: 'False leaves the job as it is made.' },
  },
  async authorise(call, { source_id: id }) {
    const source = typeof id === 'string' && !id.includes('\0') ? await findSource(call.sql, id) : undefined;
    if (!source) throw notFound(`Harvest source ${printed(id)} does not exist`);
    await assertMayChange(
      call,
      source.id,
      denied(`User not authorized to create a job for source ${source.id}`),
    );
    return source;
  },
  async handle(call, params, source) {
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const job = await createJob(call.sql, site, source.id, {
      run: trueUnlessFalse(params, 'run'),
      byHand: true,
    });
    return presentJob(call.sql, job, { summaries: false });
  },
});
