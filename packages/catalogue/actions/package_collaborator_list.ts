import { invalidMessage, notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import {
  assertEnabled,
  capacities,
  mayManageCollaborators,
  quotedCapacities,
} from '../collaborator/rules.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { isoTime } from '../dataset/time.ts';
import { find } from '../relationship/find.ts';

interface Row {
  package_id: string;
  user_id: string;
  capacity: string;
  modified: string;
}

export const packageCollaboratorList = readAction<DatasetRow>({
  name: 'package_collaborator_list',
  summary: 'The collaborators of a dataset.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    capacity: { type: 'text', meaning: 'Only those in this capacity.' },
  },
  async authorise(call, params) {
    const dataset = await find(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound('Package not found');
    await mayManageCollaborators(call, dataset, 'list collaborators from');
    assertEnabled(call);
    const { capacity } = params;
    if (isTruthy(capacity) && !capacities(call).includes(String(capacity)))
      throw invalidMessage(`Capacity must be one of ${quotedCapacities(call)}`);
    return dataset;
  },
  async handle(call, params, dataset) {
    const rows = await call.sql.prepared<Row>(
      'collaborators_of_dataset',
      `SELECT package_id, user_id, capacity, modified FROM package_member
       WHERE package_id = $1 AND ($2::text IS NULL OR capacity = $2) ORDER BY modified, user_id`,
      [dataset.id, isTruthy(params['capacity']) ? params['capacity'] : null],
    );
    // Here CKAN writes its times with a blank.
    return rows.map((row) => ({ ...row, modified: isoTime(row.modified).replace('T', ' ') }));
  },
});
