import { invalidMessage } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import { readAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { editableOptions, readOption } from '../service/options.ts';

export const configOptionShow = readAction<void>({
  name: 'config_option_show',
  summary: 'The value of an option that can be changed while the site runs.',
  parameters: { key: { type: 'text', required: true, meaning: 'Name of the option.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const { key } = params;
    requireSent(params, ['key']);
    if (typeof key !== 'string' || !editableOptions.includes(key))
      throw invalidMessage(`Configuration option '${pythonWords(key)}' can not be shown`);
    return readOption(call, key);
  },
});
