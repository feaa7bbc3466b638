import { writeAction } from '../action/declaration.ts';
import {
  deleteMember,
  formerMemberParameters,
  type MemberToDelete,
  memberToDelete,
} from '../organization/member_delete.ts';

export const groupMemberDelete = writeAction<MemberToDelete>({
  name: 'group_member_delete',
  summary: 'Takes an account’s role in a group away.',
  parameters: formerMemberParameters,
  authorise: memberToDelete,
  handle: deleteMember,
});
