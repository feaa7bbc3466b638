import { invalidMessage, notFound, timestamp } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import {
  assertEnabled,
  capacities,
  mayManageCollaborators,
  quotedCapacities,
} from '../collaborator/rules.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { isoTime } from '../dataset/time.ts';
import { find } from '../relationship/find.ts';
import { findUser } from '../user/row.ts';

interface Collaborator {
  package_id: string;
  user_id: string;
  capacity: string;
  modified: string;
}

export const packageCollaboratorCreate = writeAction<DatasetRow>({
  name: 'package_collaborator_create',
  summary: 'Makes an account a collaborator of a dataset, or changes its capacity.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    user_id: { type: 'text', required: true, meaning: 'Id or name of the account.' },
    capacity: {
      type: 'text',
      required: true,
      meaning: 'editor or member; admin where the settings allow it.',
    },
  },
  async authorise(call, params) {
    requireSent(params, ['id', 'user_id', 'capacity']);
    if (!capacities(call).includes(String(params['capacity'])))
      throw invalidMessage(`Role must be one of ${quotedCapacities(call)}`);
    const dataset = await find(call.sql, params['id']);
    if (!dataset) throw notFound('Dataset not found');
    await mayManageCollaborators(call, dataset, 'add collaborators to');
    assertEnabled(call);
    return dataset;
  },
  async handle(call, params, dataset) {
    const user = await findUser(call.sql, params['user_id']);
    if (!user) throw notFound('User not found');
    const rows = await call.sql.rows<Collaborator>(
      `INSERT INTO package_member (package_id, user_id, capacity, modified) VALUES ($1, $2, $3, $4)
       ON CONFLICT (package_id, user_id) DO UPDATE SET capacity = excluded.capacity, modified = excluded.modified
       RETURNING package_id, user_id, capacity, modified`,
      [dataset.id, user.id, params['capacity'], timestamp(call.site.runtime.now())],
    );
    const row = rows[0]!;
    return { ...row, modified: isoTime(row.modified) };
  },
});
