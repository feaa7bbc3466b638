import { writeAction } from '../action/declaration.ts';
import {
  deleteMember,
  formerMemberParameters,
  type MemberToDelete,
  memberToDelete,
} from '../organization/member_delete.ts';

export const organizationMemberDelete = writeAction<MemberToDelete>({
  name: 'organization_member_delete',
  summary: 'Takes an account’s role in an organisation away.',
  parameters: formerMemberParameters,
  authorise: memberToDelete,
  handle: deleteMember,
});
