import { writeAction } from '../action/declaration.ts';
import { authoriseBulk, bulkParameters, changeMany } from '../dataset/bulk.ts';

export const bulkUpdatePublic = writeAction<string | undefined>({
  name: 'bulk_update_public',
  summary: 'Shows datasets of an organisation to everybody.',
  parameters: bulkParameters,
  authorise: authoriseBulk,
  handle: (call, params, organization) => changeMany(call, params, organization, { private: false }),
});
