import { missingValue } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { putMember } from '../organization/member_create.ts';
import type { MemberToDelete } from '../organization/member_delete.ts';
import { memberObject } from '../organization/member_object.ts';

export const memberCreate = writeAction<MemberToDelete>({
  name: 'member_create',
  summary: 'Makes an account, dataset or group a member of a group or organisation, in any capacity.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the group or organisation.' },
    object: { type: 'text', required: true, meaning: 'Id or name of the member.' },
    object_type: { type: 'text', required: true, meaning: 'user, package or group.' },
    capacity: { type: 'text', required: true, meaning: 'As what, such as `editor` or `public`.' },
  },
  authorise: (call, params) => memberObject(call, params, ['id', 'object', 'object_type', 'capacity']),
  handle(call, params, { group, table, id }) {
    const { capacity } = params;
    // There is no row without it.
    if (capacity === null) throw missingValue('capacity');
    return putMember(call, group, { table, id, capacity: String(capacity) });
  },
});
