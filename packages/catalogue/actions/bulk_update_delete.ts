import { writeAction } from '../action/declaration.ts';
import { authoriseBulk, bulkParameters, changeMany } from '../dataset/bulk.ts';

export const bulkUpdateDelete = writeAction<string | undefined>({
  name: 'bulk_update_delete',
  summary: 'Marks datasets of an organisation as deleted.',
  parameters: bulkParameters,
  authorise: authoriseBulk,
  handle: (call, params, organization) => changeMany(call, params, organization, { state: 'deleted' }),
});
