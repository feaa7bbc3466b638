import { writeAction } from '../action/declaration.ts';
import { authoriseBulk, bulkParameters, changeMany } from '../dataset/bulk.ts';

export const bulkUpdatePrivate = writeAction<string | undefined>({
  name: 'bulk_update_private',
  summary: 'Hides datasets of an organisation from all but its members.',
  parameters: bulkParameters,
  authorise: authoriseBulk,
  handle: (call, params, organization) => changeMany(call, params, organization, { private: true }),
});
