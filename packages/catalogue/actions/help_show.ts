import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { helpText } from '../action/help.ts';
import { requiredText } from '../action/parameters.ts';
import { findAction } from '../action/registry.ts';
import { anyone } from '../authorisation/rules.ts';

export const helpShow = readAction({
  name: 'help_show',
  summary: 'The documentation of an action.',
  parameters: { name: { type: 'text', required: true, meaning: 'Name of the action.' } },
  authorise: anyone,
  handle(_call, params) {
    const action = findAction(requiredText(params, 'name'));
    if (!action) throw notFound('Action function not found');
    return helpText(action);
  },
});
