import { invalidMessage } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { editableOptions, writeOptions } from '../service/options.ts';

export const configOptionUpdate = writeAction<void>({
  name: 'config_option_update',
  summary: 'Changes options of the running site.',
  parameters: Object.fromEntries(
    editableOptions.map((key) => [key, { type: 'text', meaning: 'The option of this name.' }]),
  ),
  authorise: sysadminOnly,
  async handle(call, params) {
    const unknown = Object.keys(params).filter((key) => !editableOptions.includes(key));
    if (unknown.length > 0)
      throw invalidMessage(`Configuration option(s) '${unknown.join(' ')}' can not be updated`);
    return writeOptions(call, params);
  },
});
