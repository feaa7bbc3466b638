import { optionalText, steppedAction } from '@portolan/catalogue';
import { sourceIdNamed, sysadminsOnly } from '../authorisation/source_rules.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { runSchedule } from '../schedule/schedule.ts';

export const harvestJobsRun = steppedAction({
  name: 'harvest_jobs_run',
  summary:
    'Starts the sources that are due and ends the jobs that are done. It also happens by itself every minute.',
  parameters: { source_id: { type: 'text', meaning: 'Only the jobs of this source, by id or name.' } },
  authorise: (call) => sysadminsOnly(call, 'Only sysadmins can run the pending harvest jobs'),
  async handle(call, params) {
    const { config, db, runtime, logger } = call.site;
    const sourceId = optionalText(params, 'source_id');
    // Each source in a transaction of its own: one that fails stops none of the others.
    await runSchedule(
      { config, db, runtime, logger, enqueue: enqueueHarvest },
      sourceId === undefined ? {} : { sourceId: await sourceIdNamed(call, sourceId) },
    );
    return [];
  },
});
