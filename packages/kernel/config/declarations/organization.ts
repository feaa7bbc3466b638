import { int, text } from '../option.ts';

/** Organisations, groups and users. */
export const organization = {
  groupSort: text({
    key: 'ckan.default_group_sort',
    default: 'title',
    meaning: 'Order of organisation lists.',
  }),
  groupListMax: int({
    key: 'ckan.group_and_organization_list_max',
    default: 1000,
    meaning: 'Most names in a list of organisations.',
  }),
  groupListAllFieldsMax: int({
    key: 'ckan.group_and_organization_list_all_fields_max',
    default: 25,
    meaning: 'Most organisations in a list with all fields.',
  }),
  lastActiveInterval: int({
    key: 'ckan.user.last_active_interval',
    default: 600,
    meaning: 'Seconds between two notes of a user’s activity.',
  }),
};
