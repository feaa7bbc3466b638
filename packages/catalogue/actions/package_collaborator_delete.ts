import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { assertEnabled, mayManageCollaborators } from '../collaborator/rules.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { find } from '../relationship/find.ts';
import { findUser } from '../user/row.ts';

export const packageCollaboratorDelete = writeAction<DatasetRow>({
  name: 'package_collaborator_delete',
  summary: 'Ends an account’s collaboration on a dataset.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    user_id: { type: 'text', required: true, meaning: 'Id or name of the account.' },
  },
  async authorise(call, params) {
    requireSent(params, ['id', 'user_id']);
    // Whom no rule is asked of learns first that there are no collaborators here.
    if (alwaysAllowed(call)) assertEnabled(call);
    const dataset = await find(call.sql, params['id']);
    if (!dataset) throw notFound('Package not found');
    await mayManageCollaborators(call, dataset, 'remove collaborators from');
    assertEnabled(call);
    return dataset;
  },
  async handle(call, params, dataset) {
    const user = await findUser(call.sql, params['user_id']);
    if (!user) throw notFound('User not found');
    const gone = await call.sql.rows(
      `DELETE FROM package_member WHERE package_id = $1 AND user_id = $2 RETURNING user_id`,
      [dataset.id, user.id],
    );
    if (gone.length === 0) throw notFound(`User ${params['user_id']} is not a collaborator on this package`);
    return null;
  },
});
