import { writeAction } from '../action/declaration.ts';
import { deleteMember, type MemberToDelete } from '../organization/member_delete.ts';
import { memberObject } from '../organization/member_object.ts';

export const memberDelete = writeAction<MemberToDelete>({
  name: 'member_delete',
  summary: 'Takes a member out of a group or organisation.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the group or organisation.' },
    object: { type: 'text', required: true, meaning: 'Id or name of the member.' },
    object_type: { type: 'text', required: true, meaning: 'user, package or group.' },
  },
  authorise: (call, params) => memberObject(call, params, ['id', 'object', 'object_type']),
  handle: deleteMember,
});
