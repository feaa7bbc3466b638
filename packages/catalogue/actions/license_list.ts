import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { licenses } from '../dataset/licenses.ts';

export const licenseList = readAction({
  name: 'license_list',
  summary: 'The licences that a dataset may name.',
  parameters: {},
  authorise: anyone,
  // Who keeps a licence is no dataset's author.
  namesPeople: () => true,
  handle: () => licenses,
});
