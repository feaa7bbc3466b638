import { readAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { findGroup, type GroupRow } from '../organization/row.ts';
import { mayReadGroup, ofKind } from '../organization/rules.ts';
import { partParameters, readParts, showGroups, shownByDefault } from '../organization/show.ts';

export const groupShow = readAction<GroupRow>({
  name: 'group_show',
  conditional: true,
  summary: 'A group.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name.' },
    ...partParameters,
  },
  async authorise(call, params) {
    requireSent(params, ['id']);
    const parts = readParts(params, shownByDefault(call));
    const group = ofKind(await findGroup(call.sql, params['id']), 'group');
    await mayReadGroup(call, group, parts.users);
    return group;
  },
  async handle(call, params, group) {
    const [dict] = await showGroups(call, [group], readParts(params, shownByDefault(call)));
    return dict;
  },
});
