import type { Call, Params } from '../action/call.ts';
import { readAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { hasPublishers } from '../organization/publisher.ts';
import { findGroup, type GroupRow } from '../organization/row.ts';
import { mayReadGroup, ofKind } from '../organization/rules.ts';
import { type Parts, partParameters, readParts, showGroups, shownByDefault } from '../organization/show.ts';

export const organizationShow = readAction<GroupRow>({
  name: 'organization_show',
  conditional: true,
  summary: 'An organisation.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name.' },
    ...partParameters,
  },
  async authorise(call, params) {
    requireSent(params, ['id']);
    const parts = partsOf(call, params);
    const group = ofKind(await findGroup(call.sql, params['id']), 'organization');
    await mayReadGroup(call, group, parts.users);
    return group;
  },
  async handle(call, params, group) {
    const [dict] = await showGroups(call, [group], partsOf(call, params));
    return dict;
  },
});

/** data.gov.uk never tells who its publishers' people are. */
function partsOf(call: Call, params: Params): Parts {
  const parts = readParts(params, shownByDefault(call));
  return hasPublishers(call, 'organization') ? { ...parts, users: false } : parts;
}
