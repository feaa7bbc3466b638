import type { Caller, Dataset, World } from './world.ts';

/** What a call is made with. */
export interface Case {
  world: World;
  /** The caller's own name. */
  self: string;
  caller: Caller;
}

export interface Request {
  params(about: Case): object;
  /** When it succeeds, what it was about is made anew. */
  uses?: true;
}
interface DatasetRequest {
  params(dataset: Dataset, about: Case): object;
  uses?: true;
}

/** Calls about a dataset, made for each of its states. */
export const datasetRequests: Record<string, DatasetRequest> = {
  activity_data_show: { params: (d) => ({ id: d.activity, object_type: 'package' }) },
  activity_diff: { params: (d) => ({ id: d.activity, object_type: 'package', diff_type: 'unified' }) },
  activity_show: { params: (d) => ({ id: d.activity, include_data: false }) },
  am_following_dataset: { params: (d) => ({ id: d.id }) },
  bulk_update_delete: {
    uses: true,
    params: (d, { world }) => ({ datasets: [d.id], org_id: world.organization }),
  },
  bulk_update_private: {
    uses: true,
    params: (d, { world }) => ({ datasets: [d.id], org_id: world.organization }),
  },
  bulk_update_public: {
    uses: true,
    params: (d, { world }) => ({ datasets: [d.id], org_id: world.organization }),
  },
  dataset_follower_count: { params: (d) => ({ id: d.id }) },
  dataset_follower_list: { params: (d) => ({ id: d.id }) },
  dataset_purge: { uses: true, params: (d) => ({ id: d.id }) },
  dataset_undelete: { uses: true, params: (d) => ({ id: d.id }) },
  dcat_dataset_show: { params: (d) => ({ id: d.id }) },
  follow_dataset: { params: (d) => ({ id: d.id }) },
  package_activity_list: { params: (d) => ({ id: d.id }) },
  package_collaborator_create: {
    params: (d, { world }) => ({ id: d.id, user_id: world.users.stranger, capacity: 'member' }),
    uses: true,
  },
  package_collaborator_delete: { params: (d, { world }) => ({ id: d.id, user_id: world.users.other_admin }) },
  package_collaborator_list: { params: (d) => ({ id: d.id }) },
  package_create_default_resource_views: {
    params: (d) => ({ package: { id: d.id, resources: [] }, create_datastore_views: false }),
  },
  package_delete: { uses: true, params: (d) => ({ id: d.id }) },
  package_owner_org_update: {
    uses: true,
    params: (d, { world }) => ({ id: d.id, organization_id: world.otherOrganization }),
  },
  package_patch: { params: (d) => ({ id: d.id, notes: 'Patched' }) },
  package_relationship_create: {
    uses: true,
    params: (d, { world }) => ({ subject: d.id, object: world.peer, type: 'depends_on' }),
  },
  package_relationship_delete: {
    params: (d, { world }) => ({ subject: d.id, object: world.peer, type: 'links_to' }),
  },
  package_relationship_update: {
    params: (d, { world }) => ({ subject: d.id, object: world.peer, type: 'links_to', comment: 'x' }),
  },
  package_relationships_list: { params: (d) => ({ id: d.id }) },
  package_resource_reorder: { params: (d) => ({ id: d.id, order: [d.resource] }) },
  package_revise: { params: (d) => ({ match: { id: d.id }, update: { notes: 'Revised' } }) },
  package_show: { params: (d) => ({ id: d.id }) },
  package_update: {
    params: (d, { world }) => ({ id: d.id, name: d.name, title: 'Updated', owner_org: world.organization }),
    uses: true,
  },
  resource_create: { params: (d) => ({ package_id: d.id, url: 'http://example.org/two.csv' }) },
  resource_create_default_resource_views: {
    params: (d) => ({ resource: { id: d.resource, package_id: d.id, url: 'http://example.org/one.png' } }),
  },
  resource_delete: { uses: true, params: (d) => ({ id: d.resource }) },
  resource_patch: { params: (d) => ({ id: d.resource, name: 'Patched' }) },
  resource_show: { params: (d) => ({ id: d.resource }) },
  resource_update: {
    params: (d) => ({ id: d.resource, package_id: d.id, url: 'http://example.org/one.png', name: 'Updated' }),
  },
  resource_view_create: {
    params: (d, { world }) => ({
      resource_id: d.resource,
      title: world.name('view'),
      view_type: 'image_view',
    }),
  },
  resource_view_delete: { uses: true, params: (d) => ({ id: d.view }) },
  resource_view_list: { params: (d) => ({ id: d.resource }) },
  resource_view_reorder: { params: (d) => ({ id: d.resource, order: [d.view] }) },
  resource_view_show: { params: (d) => ({ id: d.view }) },
  resource_view_update: {
    params: (d, { world }) => ({
      id: d.view,
      resource_id: d.resource,
      title: world.name('view'),
      view_type: 'image_view',
    }),
  },
  unfollow_dataset: { params: (d) => ({ id: d.id }) },
};

const nothing: Request = { params: () => ({}) };
const self: Request = { params: (about) => ({ id: about.self }) };
const victim: Request = { params: ({ world }) => ({ id: world.spare.user }) };
const ofOrganization: Request = { params: ({ world }) => ({ id: world.spare.organization }) };
const ofGroup: Request = { params: ({ world }) => ({ id: world.spare.group }) };
const using = (request: Request): Request => ({ ...request, uses: true });
const fields = (world: World) => ({
  name: world.name('new'),
  email: `${world.name('new')}@example.org`,
  password: 'a long password',
});
const taskStatus = (world: World) => ({
  entity_id: world.peer,
  entity_type: 'package',
  task_type: 'x',
  key: world.name('k'),
  value: 'v',
  state: 's',
  last_updated: '2026-05-06T07:08:09',
  error: '',
});
const membership = ({ world }: Case, group: string) => ({
  id: group,
  username: world.users.stranger,
  role: 'member',
});
const object = ({ world }: Case, group: string) => ({
  id: group,
  object: world.users.stranger,
  object_type: 'user',
  capacity: 'member',
});

/** All other calls; a word after the action's name tells what it is about. */
export const requests: Record<string, Request> = {
  activity_create: {
    params: ({ world }) => ({
      user_id: world.spare.user,
      object_id: world.datasets.public.id,
      activity_type: 'new package',
    }),
  },
  am_following_group: ofGroup,
  am_following_user: victim,
  'api_token_create other': { params: ({ world }) => ({ user: world.spare.user, name: 'x' }) },
  'api_token_create self': { params: (about) => ({ user: about.self, name: 'x' }) },
  'api_token_list other': { params: ({ world }) => ({ user_id: world.spare.user }) },
  'api_token_list self': { params: (about) => ({ user_id: about.self }) },
  'api_token_revoke other': using({ params: ({ world }) => ({ jti: world.spare.token }) }),
  audit_list: { params: () => ({ limit: 1 }) },
  audit_verify: nothing,
  changes_list: { params: () => ({ since: 'now' }) },
  config_option_list: nothing,
  config_option_show: { params: () => ({ key: 'ckan.site_title' }) },
  config_option_update: { params: () => ({ 'ckan.site_about': 'About' }) },
  current_package_list_with_resources: { params: () => ({ limit: 1 }) },
  dashboard_activity_list: nothing,
  dashboard_mark_activities_old: nothing,
  dashboard_new_activities_count: nothing,
  dataset_followee_count: victim,
  'dataset_followee_list other': victim,
  'dataset_followee_list self': self,
  dcat_catalog_search: nothing,
  dcat_catalog_show: nothing,
  dcat_datasets_list: nothing,
  follow_group: ofGroup,
  follow_user: victim,
  followee_count: victim,
  'followee_list other': victim,
  'followee_list self': self,
  format_autocomplete: { params: () => ({ q: 'cs' }) },
  get_site_user: nothing,
  group_activity_list: ofGroup,
  group_autocomplete: { params: () => ({ q: 'spare' }) },
  group_create: { params: ({ world }) => ({ name: world.name('group') }) },
  group_delete: using(ofGroup),
  group_followee_count: victim,
  'group_followee_list other': victim,
  group_follower_count: ofGroup,
  group_follower_list: ofGroup,
  group_list: { params: () => ({ limit: 1 }) },
  group_list_authz: nothing,
  group_member_create: using({ params: (about) => membership(about, about.world.spare.group) }),
  group_member_delete: using({ params: (about) => membership(about, about.world.spare.group) }),
  group_package_show: ofGroup,
  group_patch: { params: ({ world }) => ({ id: world.spare.group, title: 'Patched' }) },
  group_purge: using(ofGroup),
  group_show: ofGroup,
  group_update: using({
    params: ({ world }) => ({ id: world.spare.group, name: world.spare.group, title: 'Updated' }),
  }),
  help_show: { params: () => ({ name: 'package_show' }) },
  job_cancel: { params: () => ({ id: 'nothing' }) },
  job_clear: nothing,
  job_list: nothing,
  job_show: { params: () => ({ id: 'nothing' }) },
  license_list: nothing,
  'member_create organization': using({ params: (about) => object(about, about.world.spare.organization) }),
  'member_create dataset': using({
    params: ({ world }) => ({
      id: world.spare.group,
      object: world.peer,
      object_type: 'package',
      capacity: 'public',
    }),
  }),
  'member_delete organization': using({ params: (about) => object(about, about.world.spare.organization) }),
  member_list: ofOrganization,
  member_roles_list: nothing,
  organization_activity_list: ofOrganization,
  organization_autocomplete: { params: () => ({ q: 'spare' }) },
  organization_create: { params: ({ world }) => ({ name: world.name('org') }) },
  organization_delete: using(ofOrganization),
  organization_followee_count: victim,
  'organization_followee_list other': victim,
  organization_follower_count: ofOrganization,
  organization_follower_list: ofOrganization,
  organization_list: { params: () => ({ limit: 1 }) },
  organization_list_for_user: nothing,
  organization_member_create: using({ params: (about) => membership(about, about.world.spare.organization) }),
  organization_member_delete: using({ params: (about) => membership(about, about.world.spare.organization) }),
  organization_patch: { params: ({ world }) => ({ id: world.spare.organization, title: 'Patched' }) },
  organization_purge: using(ofOrganization),
  organization_show: ofOrganization,
  organization_update: using({
    params: ({ world }) => ({
      id: world.spare.organization,
      name: world.spare.organization,
      title: 'Updated',
    }),
  }),
  package_autocomplete: { params: () => ({ q: 'peer' }) },
  'package_collaborator_list_for_user other': victim,
  'package_collaborator_list_for_user self': self,
  'package_create organization': {
    params: ({ world }) => ({ name: world.name('made'), owner_org: world.organization }),
  },
  'package_create unowned': { params: ({ world }) => ({ name: world.name('made') }) },
  package_list: { params: () => ({ limit: 1 }) },
  package_search: { params: () => ({ rows: 0 }) },
  recently_changed_packages_activity_list: nothing,
  resource_search: { params: () => ({ query: 'name:nothing' }) },
  resource_view_clear: { params: () => ({ view_types: ['text_view'] }) },
  search_explain: { params: () => ({ q: 'title:tea' }) },
  site_read: nothing,
  status_show: nothing,
  tag_autocomplete: { params: () => ({ q: 'tag' }) },
  tag_create: { params: ({ world }) => ({ name: world.name('tag'), vocabulary_id: world.spare.vocabulary }) },
  tag_delete: using({
    params: ({ world }) => ({ id: world.spare.tag, vocabulary_id: world.spare.vocabulary }),
  }),
  tag_list: nothing,
  tag_search: { params: () => ({ query: 'tag' }) },
  tag_show: { params: ({ world }) => ({ id: world.spare.tag }) },
  task_status_delete: { params: () => ({ id: 'nothing' }) },
  task_status_show: { params: () => ({ id: 'nothing' }) },
  task_status_update: { params: ({ world }) => taskStatus(world) },
  task_status_update_many: { params: ({ world }) => ({ data: [taskStatus(world)] }) },
  term_translation_show: { params: () => ({ terms: ['tea'] }) },
  term_translation_update: { params: () => ({ term: 'tea', term_translation: 'thé', lang_code: 'fr' }) },
  term_translation_update_many: {
    params: () => ({ data: [{ term: 'tea', term_translation: 'thé', lang_code: 'fr' }] }),
  },
  unfollow_group: ofGroup,
  unfollow_user: victim,
  user_activity_list: victim,
  user_autocomplete: { params: () => ({ q: 'victim' }) },
  user_create: { params: ({ world }) => fields(world) },
  user_delete: using(victim),
  user_followee_count: victim,
  'user_followee_list other': victim,
  user_follower_count: victim,
  user_follower_list: victim,
  user_list: { params: () => ({ q: 'victim' }) },
  'user_patch other': { params: ({ world }) => ({ id: world.spare.user, fullname: 'Patched' }) },
  'user_patch self': { params: (about) => ({ id: about.self, fullname: 'Patched' }) },
  user_show: victim,
  'user_update other': {
    params: ({ world }) => ({
      id: world.spare.user,
      name: world.spare.user,
      email: `${world.spare.user}@example.org`,
    }),
  },
  'user_update self': {
    params: (about) => ({ id: about.self, name: about.self, email: `${about.self}@example.org` }),
  },
  vocabulary_create: { params: ({ world }) => ({ name: world.name('vocabulary'), tags: [] }) },
  vocabulary_delete: using({ params: ({ world }) => ({ id: world.spare.vocabulary }) }),
  vocabulary_list: nothing,
  vocabulary_show: { params: ({ world }) => ({ id: world.vocabulary }) },
  vocabulary_update: {
    params: ({ world }) => ({ id: world.spare.vocabulary, name: world.name('words'), tags: [] }),
  },
};

/** Actions that the matrix leaves out, and why. */
export const leftOut: Record<string, string> = {
  user_invite: 'sends mail, which needs a mail server on both sides',
  send_email_notifications: 'likewise',
  harvest_source_preview: 'harvests, and is asked about in the preview’s own tests',
  harvest_sources_job_history_clear: 'takes the history of every source, for sysadmins alone',
};
