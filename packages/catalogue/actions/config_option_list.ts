import { readAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { editableOptions } from '../service/options.ts';

export const configOptionList = readAction<void>({
  name: 'config_option_list',
  summary: 'Options that can be changed while the site runs.',
  parameters: {},
  authorise: sysadminOnly,
  handle: () => editableOptions,
});
