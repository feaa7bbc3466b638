import { bool, list } from '../option.ts';

/** Who may do what. */
export const authorisation = {
  anonCreateDataset: bool({
    key: 'ckan.auth.anon_create_dataset',
    default: false,
    meaning: 'Anonymous callers may create datasets.',
  }),
  createUnownedDataset: bool({
    key: 'ckan.auth.create_unowned_dataset',
    default: false,
    meaning: 'Datasets need no organisation.',
  }),
  createDatasetIfNotInOrganization: bool({
    key: 'ckan.auth.create_dataset_if_not_in_organization',
    default: true,
    meaning: 'Users outside every organisation may create unowned datasets.',
  }),
  userCreateGroups: bool({
    key: 'ckan.auth.user_create_groups',
    default: true,
    meaning: 'Every user may create groups.',
  }),
  userCreateOrganizations: bool({
    key: 'ckan.auth.user_create_organizations',
    default: true,
    meaning: 'Every user may create organisations.',
  }),
  userDeleteGroups: bool({
    key: 'ckan.auth.user_delete_groups',
    default: true,
    meaning: 'Admins of a group may delete it.',
  }),
  userDeleteOrganizations: bool({
    key: 'ckan.auth.user_delete_organizations',
    default: true,
    meaning: 'Admins of an organisation may delete it.',
  }),
  createUserViaApi: bool({
    key: 'ckan.auth.create_user_via_api',
    default: false,
    meaning: 'Anybody may create a user through the API.',
  }),
  createUserViaWeb: bool({
    key: 'ckan.auth.create_user_via_web',
    default: true,
    meaning: 'Anybody may register a user through a form.',
  }),
  rolesThatCascade: list({
    key: 'ckan.auth.roles_that_cascade_to_sub_groups',
    default: ['admin'],
    meaning: 'Roles that hold for all organisations below, too.',
  }),
  publicUserDetails: bool({
    key: 'ckan.auth.public_user_details',
    default: true,
    meaning: 'Anonymous callers may see users.',
  }),
  publicActivityDetail: bool({
    key: 'ckan.auth.public_activity_stream_detail',
    default: false,
    meaning: 'Everybody may see the data of activities.',
  }),
  allowCollaborators: bool({
    key: 'ckan.auth.allow_dataset_collaborators',
    default: false,
    meaning: 'Datasets may have collaborators.',
  }),
  allowAdminCollaborators: bool({
    key: 'ckan.auth.allow_admin_collaborators',
    default: false,
    meaning: 'Collaborators may be admins of a dataset.',
  }),
  allowCollaboratorsToMove: bool({
    key: 'ckan.auth.allow_collaborators_to_change_owner_org',
    default: false,
    meaning: 'Collaborators may move a dataset to another organisation.',
  }),
};
