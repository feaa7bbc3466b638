import { denied, invalidMessage } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { assertEnabled, capacities, quotedCapacities } from '../collaborator/rules.ts';
import { isoTime } from '../dataset/time.ts';
import { findUser, type UserRow } from '../user/row.ts';

interface Row {
  package_id: string;
  capacity: string;
  modified: string;
}

export const packageCollaboratorListForUser = readAction<UserRow>({
  name: 'package_collaborator_list_for_user',
  summary: 'The datasets on which an account collaborates.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the account.' },
    capacity: { type: 'text', meaning: 'Only those in this capacity.' },
  },
  async authorise(call, params) {
    const reference = requiredText(params, 'id');
    assertEnabled(call);
    const user = await findUser(call.sql, reference);
    if (!alwaysAllowed(call) && (!user || call.user?.id !== user.id)) throw denied();
    const { capacity } = params;
    if (isTruthy(capacity) && !capacities(call).includes(String(capacity)))
      throw invalidMessage(`Capacity must be one of ${quotedCapacities(call)}`);
    if (!user) throw denied('Not allowed to retrieve collaborators');
    return user;
  },
  async handle(call, params, user) {
    const rows = await call.sql.prepared<Row>(
      'collaborations_of',
      `SELECT package_id, capacity, modified FROM package_member
       WHERE user_id = $1 AND ($2::text IS NULL OR capacity = $2) ORDER BY modified, package_id`,
      [user.id, isTruthy(params['capacity']) ? params['capacity'] : null],
    );
    return rows.map((row) => ({ ...row, modified: isoTime(row.modified) }));
  },
});
