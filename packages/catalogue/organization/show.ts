import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { flag } from '../action/parameters.ts';
import { type DatasetDict, withoutNull } from '../dataset/presenter.ts';
import { countDatasets, listDatasets } from './datasets.ts';
import { extrasOf, followersOf, membersOf, parentsOf, usersOf } from './parts.ts';
import { type GroupDict, presentGroup } from './presenter.ts';
import { hasPublishers, promotePublisherFields } from './publisher.ts';
import { type GroupRow, kindOf } from './row.ts';

export interface Parts {
  datasets: boolean;
  datasetCount: boolean;
  extras: boolean;
  users: boolean;
  groups: boolean;
  tags: boolean;
  followers: boolean;
  memberCount: boolean;
}

const parameters: Record<keyof Parts, [name: string, meaning: string]> = {
  datasets: ['include_datasets', 'Add the ten datasets that changed last.'],
  datasetCount: ['include_dataset_count', 'Add the number of its datasets.'],
  extras: ['include_extras', 'Add its extras.'],
  users: ['include_users', 'Add the accounts that have a role.'],
  groups: ['include_groups', 'Add what stands above it.'],
  tags: ['include_tags', 'Add its tags; it has none.'],
  followers: ['include_followers', 'Count its followers.'],
  memberCount: ['include_member_count', 'Count the accounts that have a role.'],
};

export const partParameters: Record<string, Parameter> = Object.fromEntries(
  Object.values(parameters).map(([name, meaning]) => [name, { type: 'boolean', meaning }]),
);

/** What a show tells by default. */
export const shownByDefault = (call: Call): Parts => ({
  datasets: false,
  datasetCount: true,
  extras: true,
  users: call.site.config.publicUserDetails,
  groups: true,
  tags: true,
  followers: true,
  memberCount: false,
});

/** What a list with `all_fields` tells by default. */
export const listedByDefault: Parts = {
  datasets: false,
  datasetCount: true,
  extras: false,
  users: false,
  groups: false,
  tags: false,
  followers: false,
  memberCount: false,
};

export function readParts(params: Params, defaults: Parts): Parts {
  const parts = { ...defaults };
  for (const part of Object.keys(parameters) as (keyof Parts)[])
    parts[part] = flag(params, parameters[part][0], defaults[part]);
  return parts;
}

/** Datasets of a show, whatever is asked for. */
const mostDatasets = 10;

/** Organisations or groups as `*_show` tells them; the number of statements does not grow with the list. */
export async function showGroups(call: Call, groups: GroupRow[], parts: Parts): Promise<GroupDict[]> {
  const ids = groups.map((group) => group.id);
  const { sql, site } = call;
  const extras = parts.extras && (await extrasOf(sql, ids));
  const users = parts.users && (await usersOf(sql, ids, site.config));
  const parents = parts.groups && (await parentsOf(sql, ids));
  const counts = parts.datasetCount && (await countDatasets(call, ids));
  const followers = parts.followers && (await followersOf(sql, ids));
  const members = parts.memberCount && (await membersOf(sql, ids));
  const dicts: GroupDict[] = [];
  for (const group of groups) {
    const { id } = group;
    const dict = withoutNull(presentGroup(group, site.config), notShownNull);
    if (extras) dict['extras'] = extras.get(id) ?? [];
    if (users) dict['users'] = users.get(id) ?? [];
    if (parents) dict['groups'] = (parents.get(id) ?? []).map(({ name, capacity }) => ({ name, capacity }));
    if (parts.tags) dict['tags'] = [];
    if (counts) dict['package_count'] = counts.get(id) ?? 0;
    if (members) dict['member_count'] = members.get(id) ?? 0;
    dict['num_followers'] = followers ? (followers.get(id) ?? 0) : 0;
    if (parts.datasets) dict['packages'] = (await datasetsOfGroup(call, group)).map(withoutLists);
    dicts.push(hasPublishers(call, kindOf(group)) ? promotePublisherFields(dict) : dict);
  }
  return dicts;
}

const notShownNull = ['approval_status', 'description', 'image_display_url', 'image_url', 'title'];

/** CKAN's form of a show loses the lists of its datasets, but for those that are empty. */
const withoutLists = (dataset: DatasetDict) =>
  Object.fromEntries(
    Object.entries(dataset).filter(([, value]) => !Array.isArray(value) || value.length === 0),
  );

/** The datasets that a show or an update tells: of an organisation also the private ones that the caller may read. */
export const datasetsOfGroup = (call: Call, group: GroupRow) =>
  listDatasets(
    call,
    group.is_organization ? { owner: group.id, hidden: true } : { group: group.id },
    mostDatasets,
  );
