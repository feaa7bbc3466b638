import { invalidMessage, notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { parseInteger, requiredText } from '../action/parameters.ts';
import { listDatasets } from '../organization/datasets.ts';
import { findGroup, type GroupRow } from '../organization/row.ts';
import { mayReadGroup } from '../organization/rules.ts';

export const groupPackageShow = readAction<GroupRow>({
  name: 'group_package_show',
  summary: 'The public datasets of a group.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the group.' },
    limit: { type: 'integer', meaning: 'Most datasets.' },
  },
  async authorise(call, params) {
    const group = await findGroup(call.sql, requiredText(params, 'id'));
    if (!group) throw notFound();
    const limit = params['limit'] === undefined ? 0 : parseInteger(params['limit']);
    if (typeof limit !== 'number' || limit < 0) throw invalidMessage('Limit must be a positive integer');
    await mayReadGroup(call, group);
    return group;
  },
  async handle(call, params, group) {
    if (group.is_organization) return [];
    const { searchRowsMax } = call.site.config;
    const limit = params['limit'] === undefined ? searchRowsMax : Number(params['limit']);
    return listDatasets(call, { group: group.id }, Math.min(limit, searchRowsMax));
  },
});
