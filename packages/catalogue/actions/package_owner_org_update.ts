import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { findOwner } from '../dataset/facts.ts';
import { findDatasetForUpdate } from '../dataset/find.ts';
import { writeOwners } from '../dataset/member_rows.ts';

export const packageOwnerOrgUpdate = writeAction({
  name: 'package_owner_org_update',
  summary: 'Gives a dataset to an organisation, or to none.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    organization_id: {
      type: 'text',
      meaning: 'Id or name of the organisation; nothing takes the owner away.',
    },
  },
  authorise: sysadminOnly,
  async handle(call, params) {
    const id = optionalText(params, 'id');
    const row = id === undefined ? undefined : await findDatasetForUpdate(call.sql, id);
    if (!row) throw notFound('Package was not found.');
    const reference = optionalText(params, 'organization_id');
    const owner = await findOwner(call, reference);
    if (reference !== undefined && !owner?.is_organization) throw notFound('Organization was not found.');
    const ownerId = owner?.id ?? null;
    await call.sql.prepared('set_owner', 'UPDATE package SET owner_org = $2 WHERE id = $1', [
      row.id,
      ownerId,
    ]);
    await writeOwners(call, [{ id: row.id, owner: ownerId }]);
    return null;
  },
});
