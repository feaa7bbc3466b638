// The table of the catalogue's actions: one import and one line each.
import type { Action } from '../action/declaration.ts';
import { activityCreate } from './activity_create.ts';
import { activityDataShow } from './activity_data_show.ts';
import { activityDiff } from './activity_diff.ts';
import { activityShow } from './activity_show.ts';
import { amFollowingDataset } from './am_following_dataset.ts';
import { amFollowingGroup } from './am_following_group.ts';
import { amFollowingUser } from './am_following_user.ts';
import { apiTokenCreate } from './api_token_create.ts';
import { apiTokenList } from './api_token_list.ts';
import { apiTokenRevoke } from './api_token_revoke.ts';
import { auditList } from './audit_list.ts';
import { auditVerify } from './audit_verify.ts';
import { bulkUpdateDelete } from './bulk_update_delete.ts';
import { bulkUpdatePrivate } from './bulk_update_private.ts';
import { bulkUpdatePublic } from './bulk_update_public.ts';
import { changesList } from './changes_list.ts';
import { configOptionList } from './config_option_list.ts';
import { configOptionShow } from './config_option_show.ts';
import { configOptionUpdate } from './config_option_update.ts';
import { currentPackageListWithResources } from './current_package_list_with_resources.ts';
import { dashboardActivityList } from './dashboard_activity_list.ts';
import { dashboardMarkActivitiesOld } from './dashboard_mark_activities_old.ts';
import { dashboardNewActivitiesCount } from './dashboard_new_activities_count.ts';
import { datasetFolloweeCount } from './dataset_followee_count.ts';
import { datasetFolloweeList } from './dataset_followee_list.ts';
import { datasetFollowerCount } from './dataset_follower_count.ts';
import { datasetFollowerList } from './dataset_follower_list.ts';
import { datasetPurge } from './dataset_purge.ts';
import { datasetUndelete } from './dataset_undelete.ts';
import { dcatCatalogSearch } from './dcat_catalog_search.ts';
import { dcatCatalogShow } from './dcat_catalog_show.ts';
import { dcatDatasetShow } from './dcat_dataset_show.ts';
import { dcatDatasetsList } from './dcat_datasets_list.ts';
import { followDataset } from './follow_dataset.ts';
import { followGroup } from './follow_group.ts';
import { followUser } from './follow_user.ts';
import { followeeCount } from './followee_count.ts';
import { followeeList } from './followee_list.ts';
import { formatAutocomplete } from './format_autocomplete.ts';
import { getSiteUser } from './get_site_user.ts';
import { groupActivityList } from './group_activity_list.ts';
import { groupAutocomplete } from './group_autocomplete.ts';
import { groupCreate } from './group_create.ts';
import { groupDelete } from './group_delete.ts';
import { groupFolloweeCount } from './group_followee_count.ts';
import { groupFolloweeList } from './group_followee_list.ts';
import { groupFollowerCount } from './group_follower_count.ts';
import { groupFollowerList } from './group_follower_list.ts';
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
import { jobCancel } from './job_cancel.ts';
import { jobClear } from './job_clear.ts';
import { jobList } from './job_list.ts';
import { jobShow } from './job_show.ts';
import { licenseList } from './license_list.ts';
import { memberCreate } from './member_create.ts';
import { memberDelete } from './member_delete.ts';
import { memberList } from './member_list.ts';
import { memberRolesList } from './member_roles_list.ts';
import { organizationActivityList } from './organization_activity_list.ts';
import { organizationAutocomplete } from './organization_autocomplete.ts';
import { organizationCreate } from './organization_create.ts';
import { organizationDelete } from './organization_delete.ts';
import { organizationFolloweeCount } from './organization_followee_count.ts';
import { organizationFolloweeList } from './organization_followee_list.ts';
import { organizationFollowerCount } from './organization_follower_count.ts';
import { organizationFollowerList } from './organization_follower_list.ts';
import { organizationList } from './organization_list.ts';
import { organizationListForUser } from './organization_list_for_user.ts';
import { organizationMemberCreate } from './organization_member_create.ts';
import { organizationMemberDelete } from './organization_member_delete.ts';
import { organizationPatch } from './organization_patch.ts';
import { organizationPurge } from './organization_purge.ts';
import { organizationShow } from './organization_show.ts';
import { organizationUpdate } from './organization_update.ts';
import { packageActivityList } from './package_activity_list.ts';
import { packageAutocomplete } from './package_autocomplete.ts';
import { packageCollaboratorCreate } from './package_collaborator_create.ts';
import { packageCollaboratorDelete } from './package_collaborator_delete.ts';
import { packageCollaboratorList } from './package_collaborator_list.ts';
import { packageCollaboratorListForUser } from './package_collaborator_list_for_user.ts';
import { packageCreate } from './package_create.ts';
import { packageCreateDefaultResourceViews } from './package_create_default_resource_views.ts';
import { packageDelete } from './package_delete.ts';
import { packageList } from './package_list.ts';
import { packageOwnerOrgUpdate } from './package_owner_org_update.ts';
import { packagePatch } from './package_patch.ts';
import { packageRelationshipCreate } from './package_relationship_create.ts';
import { packageRelationshipDelete } from './package_relationship_delete.ts';
import { packageRelationshipUpdate } from './package_relationship_update.ts';
import { packageRelationshipsList } from './package_relationships_list.ts';
import { packageResourceReorder } from './package_resource_reorder.ts';
import { packageRevise } from './package_revise.ts';
import { packageSearch } from './package_search.ts';
import { packageShow } from './package_show.ts';
import { packageUpdate } from './package_update.ts';
import { recentlyChangedPackagesActivityList } from './recently_changed_packages_activity_list.ts';
import { resourceCreate } from './resource_create.ts';
import { resourceCreateDefaultResourceViews } from './resource_create_default_resource_views.ts';
import { resourceDelete } from './resource_delete.ts';
import { resourcePatch } from './resource_patch.ts';
import { resourceSearch } from './resource_search.ts';
import { resourceShow } from './resource_show.ts';
import { resourceUpdate } from './resource_update.ts';
import { resourceViewClear } from './resource_view_clear.ts';
import { resourceViewCreate } from './resource_view_create.ts';
import { resourceViewDelete } from './resource_view_delete.ts';
import { resourceViewList } from './resource_view_list.ts';
import { resourceViewReorder } from './resource_view_reorder.ts';
import { resourceViewShow } from './resource_view_show.ts';
import { resourceViewUpdate } from './resource_view_update.ts';
import { searchExplain } from './search_explain.ts';
import { sendEmailNotifications } from './send_email_notifications.ts';
import { siteRead } from './site_read.ts';
import { statusShow } from './status_show.ts';
import { tagAutocomplete } from './tag_autocomplete.ts';
import { tagCreate } from './tag_create.ts';
import { tagDelete } from './tag_delete.ts';
import { tagList } from './tag_list.ts';
import { tagSearch } from './tag_search.ts';
import { tagShow } from './tag_show.ts';
import { taskStatusDelete } from './task_status_delete.ts';
import { taskStatusShow } from './task_status_show.ts';
import { taskStatusUpdate } from './task_status_update.ts';
import { taskStatusUpdateMany } from './task_status_update_many.ts';
import { termTranslationShow } from './term_translation_show.ts';
import { termTranslationUpdate } from './term_translation_update.ts';
import { termTranslationUpdateMany } from './term_translation_update_many.ts';
import { unfollowDataset } from './unfollow_dataset.ts';
import { unfollowGroup } from './unfollow_group.ts';
import { unfollowUser } from './unfollow_user.ts';
import { userActivityList } from './user_activity_list.ts';
import { userAutocomplete } from './user_autocomplete.ts';
import { userCreate } from './user_create.ts';
import { userDelete } from './user_delete.ts';
import { userFolloweeCount } from './user_followee_count.ts';
import { userFolloweeList } from './user_followee_list.ts';
import { userFollowerCount } from './user_follower_count.ts';
import { userFollowerList } from './user_follower_list.ts';
import { userInvite } from './user_invite.ts';
import { userList } from './user_list.ts';
import { userPatch } from './user_patch.ts';
import { userShow } from './user_show.ts';
import { userUpdate } from './user_update.ts';
import { vocabularyCreate } from './vocabulary_create.ts';
import { vocabularyDelete } from './vocabulary_delete.ts';
import { vocabularyList } from './vocabulary_list.ts';
import { vocabularyShow } from './vocabulary_show.ts';
import { vocabularyUpdate } from './vocabulary_update.ts';

export const catalogueActions: readonly Action[] = [
  activityCreate,
  activityDataShow,
  activityDiff,
  activityShow,
  amFollowingDataset,
  amFollowingGroup,
  amFollowingUser,
  apiTokenCreate,
  apiTokenList,
  apiTokenRevoke,
  auditList,
  auditVerify,
  bulkUpdateDelete,
  bulkUpdatePrivate,
  bulkUpdatePublic,
  changesList,
  configOptionList,
  configOptionShow,
  configOptionUpdate,
  currentPackageListWithResources,
  dashboardActivityList,
  dashboardMarkActivitiesOld,
  dashboardNewActivitiesCount,
  datasetFolloweeCount,
  datasetFolloweeList,
  datasetFollowerCount,
  datasetFollowerList,
  datasetPurge,
  datasetUndelete,
  dcatCatalogSearch,
  dcatCatalogShow,
  dcatDatasetShow,
  dcatDatasetsList,
  followDataset,
  followGroup,
  followUser,
  followeeCount,
  followeeList,
  formatAutocomplete,
  getSiteUser,
  groupActivityList,
  groupAutocomplete,
  groupCreate,
  groupDelete,
  groupFolloweeCount,
  groupFolloweeList,
  groupFollowerCount,
  groupFollowerList,
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
  jobCancel,
  jobClear,
  jobList,
  jobShow,
  licenseList,
  memberCreate,
  memberDelete,
  memberList,
  memberRolesList,
  organizationActivityList,
  organizationAutocomplete,
  organizationCreate,
  organizationDelete,
  organizationFolloweeCount,
  organizationFolloweeList,
  organizationFollowerCount,
  organizationFollowerList,
  organizationList,
  organizationListForUser,
  organizationMemberCreate,
  organizationMemberDelete,
  organizationPatch,
  organizationPurge,
  organizationShow,
  organizationUpdate,
  packageActivityList,
  packageAutocomplete,
  packageCollaboratorCreate,
  packageCollaboratorDelete,
  packageCollaboratorList,
  packageCollaboratorListForUser,
  packageCreate,
  packageCreateDefaultResourceViews,
  packageDelete,
  packageList,
  packageOwnerOrgUpdate,
  packagePatch,
  packageRelationshipCreate,
  packageRelationshipDelete,
  packageRelationshipUpdate,
  packageRelationshipsList,
  packageResourceReorder,
  packageRevise,
  packageSearch,
  packageShow,
  packageUpdate,
  recentlyChangedPackagesActivityList,
  resourceCreate,
  resourceCreateDefaultResourceViews,
  resourceDelete,
  resourcePatch,
  resourceSearch,
  resourceShow,
  resourceUpdate,
  resourceViewClear,
  resourceViewCreate,
  resourceViewDelete,
  resourceViewList,
  resourceViewReorder,
  resourceViewShow,
  resourceViewUpdate,
  searchExplain,
  sendEmailNotifications,
  siteRead,
  statusShow,
  tagAutocomplete,
  tagCreate,
  tagDelete,
  tagList,
  tagSearch,
  tagShow,
  taskStatusDelete,
  taskStatusShow,
  taskStatusUpdate,
  taskStatusUpdateMany,
  termTranslationShow,
  termTranslationUpdate,
  termTranslationUpdateMany,
  unfollowDataset,
  unfollowGroup,
  unfollowUser,
  userActivityList,
  userAutocomplete,
  userCreate,
  userDelete,
  userFolloweeCount,
  userFolloweeList,
  userFollowerCount,
  userFollowerList,
  userInvite,
  userList,
  userPatch,
  userShow,
  userUpdate,
  vocabularyCreate,
  vocabularyDelete,
  vocabularyList,
  vocabularyShow,
  vocabularyUpdate,
];
