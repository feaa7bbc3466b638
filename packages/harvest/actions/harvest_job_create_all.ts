import { sysadminOnly, writeAction } from '@portolan/catalogue';
import { trueUnlessFalse } from '../authorisation/source_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import { createJob } from '../job/start.ts';
import { enqueueHarvest } from '../jobs.table.ts';

export const harvestJobCreateAll = writeAction({
  name: 'harvest_job_create_all',
  summary: 'Makes a job for every active harvest source that has none under way.',
  parameters: { run: { type: 'boolean', meaning: 'False leaves the jobs as they are made.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const sources = await call.sql.rows<{ id: string }>(
      `SELECT s.id FROM harvest_source s LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id
       WHERE s.active IS NOT FALSE AND NOT coalesce(t.frozen, false) AND NOT EXISTS (
         SELECT FROM harvest_job WHERE source_id = s.id AND status IN ('New', 'Running'))
       ORDER BY s.created DESC, s.id LIMIT $1`,
      [call.site.config.harvestSourceLimit],
    );
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const jobs: unknown[] = [];
    for (const { id } of sources) {
      const job = await createJob(call.sql, site, id, { run: trueUnlessFalse(params, 'run') });
      jobs.push(await presentJob(call.sql, job, { summaries: false }));
    }
    return jobs;
  },
});
