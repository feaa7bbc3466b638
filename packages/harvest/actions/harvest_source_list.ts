import { alwaysAllowed, anyone, isTruthy, optionalText, readAction } from '@portolan/catalogue';
import { timestamp } from '@portolan/kernel';
import { listedSources, presentListed } from '../source/list.ts';

export const harvestSourceList = readAction({
  name: 'harvest_source_list',
  summary: 'Harvest sources, newest first.',
  parameters: {
    organization_id: { type: 'text', meaning: 'Only those of this organisation, by id.' },
    only_active: { type: 'boolean', meaning: 'Leave out sources that are switched off.' },
    only_to_run: { type: 'boolean', meaning: 'Only those that are due.' },
    return_last_job_status: { type: 'boolean', meaning: 'Add the newest job of each.' },
  },
  authorise: anyone,
  async handle(call, params) {
    // As recorded: somebody logged in who is no sysadmin sees none, the public sees all.
    if (call.user && !alwaysAllowed(call)) return [];
    const sources = await listedSources(call.sql, {
      organizationId: optionalText(params, 'organization_id'),
      onlyActive: isTruthy(params['only_active']),
      dueAt: isTruthy(params['only_to_run']) ? timestamp(call.site.runtime.now()) : undefined,
      limit: call.site.config.harvestSourceLimit,
    });
    const lastJob = isTruthy(params['return_last_job_status']);
    const shown: unknown[] = [];
    for (const source of sources)
      shown.push(await presentListed(call.sql, source, { lastJob, secrets: alwaysAllowed(call) }));
    return shown;
  },
});
