import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';

export const siteRead = readAction({
  name: 'site_read',
  summary: 'True: gone from current CKAN, but monitors and client tests still ask for it.',
  parameters: {},
  authorise: anyone,
  handle: () => true,
});
