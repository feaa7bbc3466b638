// The table of the catalogue's actions: one import and one line each.
import type { Action } from '../action/declaration.ts';
import { apiTokenCreate } from './api_token_create.ts';
import { apiTokenList } from './api_token_list.ts';
import { apiTokenRevoke } from './api_token_revoke.ts';
import { bulkUpdateDelete } from './bulk_update_delete.ts';
import { bulkUpdatePrivate } from './bulk_update_private.ts';
import { bulkUpdatePublic } from './bulk_update_public.ts';
import { currentPackageListWithResources } from './current_package_list_with_resources.ts';
import { datasetPurge } from './dataset_purge.ts';
import { formatAutocomplete } from './format_autocomplete.ts';
import { groupAutocomplete } from './group_autocomplete.ts';
import { groupCreate } from './group_create.ts';
import { groupDelete } from './group_delete.ts';
import { groupList } from './group_list.ts';
import { groupListAuthz } from './group_list_authz.ts';
import { groupMemberCreate } from './group_member_create.ts';
import { groupMemberDelete } from './group_member_delete.ts';
import { groupPackageShow } from './group_package_show.ts';
import { groupPatch } from './group_patch.ts';
import { groupPurge } from './group_purge.ts';
import { groupShow } from './group_show.ts';
import { groupUpdate } from './group_update.ts';
import { helpShow } from './help_show.ts';
import { licenseList } from './license_list.ts';
import { memberCreate } from './member_create.ts';
import { memberDelete } from './member_delete.ts';
import { memberList } from './member_list.ts';
import { memberRolesList } from './member_roles_list.ts';
import { organizationAutocomplete } from './organization_autocomplete.ts';
import { organizationCreate } from './organization_create.ts';
import { organizationDelete } from './organization_delete.ts';
import { organizationList } from './organization_list.ts';
import { organizationListForUser } from './organization_list_for_user.ts';
import { organizationMemberCreate } from './organization_member_create.ts';
import { organizationMemberDelete } from './organization_member_delete.ts';
import { organizationPatch } from './organization_patch.ts';
import { organizationPurge } from './organization_purge.ts';
import { organizationShow } from './organization_show.ts';
import { organizationUpdate } from './organization_update.ts';
import { packageAutocomplete } from './package_autocomplete.ts';
import { packageCreate } from './package_create.ts';
import { packageDelete } from './package_delete.ts';
import { packageList } from './package_list.ts';
import { packageOwnerOrgUpdate } from './package_owner_org_update.ts';
import { packagePatch } from './package_patch.ts';
import { packageResourceReorder } from './package_resource_reorder.ts';
import { packageSearch } from './package_search.ts';
import { packageShow } from './package_show.ts';
import { packageUpdate } from './package_update.ts';
import { resourceCreate } from './resource_create.ts';
import { resourceDelete } from './resource_delete.ts';
import { resourcePatch } from './resource_patch.ts';
import { resourceSearch } from './resource_search.ts';
import { resourceShow } from './resource_show.ts';
import { resourceUpdate } from './resource_update.ts';
import { siteRead } from './site_read.ts';
import { statusShow } from './status_show.ts';
import { tagAutocomplete } from './tag_autocomplete.ts';
import { tagSearch } from './tag_search.ts';
import { userAutocomplete } from './user_autocomplete.ts';
import { userCreate } from './user_create.ts';
import { userDelete } from './user_delete.ts';
import { userList } from './user_list.ts';
import { userPatch } from './user_patch.ts';
import { userShow } from './user_show.ts';
import { userUpdate } from './user_update.ts';

export const catalogueActions: readonly Action[] = [
  apiTokenCreate,
  apiTokenList,
  apiTokenRevoke,
  bulkUpdateDelete,
  bulkUpdatePrivate,
  bulkUpdatePublic,
  currentPackageListWithResources,
  datasetPurge,
  formatAutocomplete,
  groupAutocomplete,
  groupCreate,
  groupDelete,
  groupList,
  groupListAuthz,
  groupMemberCreate,
  groupMemberDelete,
  groupPackageShow,
  groupPatch,
  groupPurge,
  groupShow,
  groupUpdate,
  helpShow,
  licenseList,
  memberCreate,
  memberDelete,
  memberList,
  memberRolesList,
  organizationAutocomplete,
  organizationCreate,
  organizationDelete,
  organizationList,
  organizationListForUser,
  organizationMemberCreate,
  organizationMemberDelete,
  organizationPatch,
  organizationPurge,
  organizationShow,
  organizationUpdate,
  packageAutocomplete,
  packageCreate,
  packageDelete,
  packageList,
  packageOwnerOrgUpdate,
  packagePatch,
  packageResourceReorder,
  packageSearch,
  packageShow,
  packageUpdate,
  resourceCreate,
  resourceDelete,
  resourcePatch,
  resourceSearch,
  resourceShow,
  resourceUpdate,
  siteRead,
  statusShow,
  tagAutocomplete,
  tagSearch,
  userAutocomplete,
  userCreate,
  userDelete,
  userList,
  userPatch,
  userShow,
  userUpdate,
];
