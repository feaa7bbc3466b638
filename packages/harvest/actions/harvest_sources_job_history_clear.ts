import { writeAction } from '@portolan/catalogue';
import { sysadminsOnly } from '../authorisation/source_rules.ts';
import { clearHistory } from '../source/clear.ts';
import { historyParameters, keptBy } from './history_parameters.ts';

const most = 1000;

export const harvestSourcesJobHistoryClear = writeAction({
  name: 'harvest_sources_job_history_clear',
  summary: 'Takes away the jobs and records of all harvest sources; datasets stay.',
  parameters: historyParameters,
  authorise: (call) => sysadminsOnly(call, 'Only sysadmins can clear history for all harvest jobs'),
  async handle(call, params) {
    // CKAN finds them by a search, and that leaves out private ones.
    const sources = await call.sql.rows<{ id: string }>(
      `SELECT s.id FROM harvest_source s JOIN package p ON p.id = s.id
       WHERE p.state = 'active' AND p.private IS NOT TRUE ORDER BY s.created DESC, s.id LIMIT ${most}`,
    );
    for (const { id } of sources) await clearHistory(call, id, keptBy(params));
    return sources.map(({ id }) => ({ id }));
  },
});
