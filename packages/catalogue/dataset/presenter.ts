import type { Config } from '@portolan/kernel';
import { mungeFilename } from '@portolan/storage';
import { canonicalFormat } from '../resource/formats.ts';
import { withFieldsOnTop } from './datagovuk_fields.rules.ts';
import { datasetType } from './dataset_types.ts';
import { harvestList } from './harvest_list.rules.ts';
import { licenseOf } from './licenses.ts';
import type {
  StoredDataset,
  StoredGroup,
  StoredOrganization,
  StoredRelationship,
  StoredResource,
  StoredTag,
} from './load.ts';
import { isoTime } from './time.ts';

/** A dataset in the shape of package_show. */
export type DatasetDict = Record<string, unknown> & {
  id: string;
  name: string;
  state: string;
  resources: ResourceDict[];
};
export type ResourceDict = Record<string, unknown> & { id: string; package_id: string };

type ResourceSettings = Pick<Config, 'siteUrl' | 'plugins'>;
/** Settings that show in a document; a change of any makes stored documents old. */
export type PresentationSettings = ResourceSettings & Pick<Config, 'profile'>;

/** A dataset as everybody may be told of it, whatever its type. */
export const presentDataset = (dataset: StoredDataset, settings: PresentationSettings): DatasetDict =>
  datasetType(dataset.type)?.present(dataset) ?? withFieldsOnTop(presentRows(dataset, settings), settings);

/** A dataset as its rows say it: what an ordinary one is, but for data.gov.uk's fields. */
export function presentRows(dataset: StoredDataset, settings: PresentationSettings): DatasetDict {
  const license = licenseOf(dataset.license_id);
  return {
    author: dataset.author,
    author_email: dataset.author_email,
    creator_user_id: dataset.creator_user_id,
    id: dataset.id,
    isopen: license?.open ?? false,
    license_id: dataset.license_id,
    license_title: license?.title ?? dataset.license_id,
    ...(license?.url ? { license_url: license.url } : {}),
    maintainer: dataset.maintainer,
    maintainer_email: dataset.maintainer_email,
    metadata_created: isoTime(dataset.metadata_created),
    metadata_modified: isoTime(dataset.metadata_modified),
    name: dataset.name,
    notes: dataset.notes,
    num_resources: dataset.resources.length,
    num_tags: dataset.tags.length,
    organization: dataset.organization && presentOwner(dataset.organization),
    owner_org: dataset.owner_org,
    private: dataset.private ?? false,
    state: dataset.state ?? 'active',
    // A title of nothing but blanks is one that is missing.
    title: dataset.title?.trim() || dataset.name,
    type: dataset.type ?? 'dataset',
    url: dataset.url,
    version: dataset.version,
    extras: presentExtras(dataset),
    ...harvestList(dataset, settings),
    groups: [...dataset.groups].sort(byDisplayName).map((group) => presentMembership(group, settings)),
    resources: dataset.resources.map((resource) =>
      presentResource(resource, dataset.type ?? 'dataset', settings),
    ),
    tags: dataset.tags.map(presentTag),
    relationships_as_subject: dataset.relationships_as_subject.map(presentRelationship),
    relationships_as_object: dataset.relationships_as_object.map(presentRelationship),
  };
}

/** Extras that are told of a dataset that was harvested. */
const toldOfHarvested = ['harvest_object_id', 'harvest_source_id', 'harvest_source_title'];

/**
 * Extras as a client sent them, without those that it was only told of a harvested dataset: who sends back what was
 * shown does not mean them to be stored.
 */
export function withoutTold(sent: unknown, { extras, harvest }: StoredDataset): unknown {
  if (!harvest || !Array.isArray(sent)) return sent;
  const own = new Set(extras.map(({ key }) => key));
  return sent.filter((extra: { key?: unknown } | null) => {
    const key = extra?.key;
    return typeof key !== 'string' || own.has(key) || !toldOfHarvested.includes(key);
  });
}

/** Harvested datasets tell where they come from, whether or not the harvester stored it. Source: ckanext-harvest. */
function presentExtras({ extras, harvest }: StoredDataset): { key: string; value: string | null }[] {
  if (!harvest) return extras;
  const told = new Map<string, string | null>(extras.map(({ key, value }) => [key, value]));
  told.set('harvest_object_id', harvest.object_id);
  told.set('harvest_source_id', harvest.source_id);
  told.set('harvest_source_title', harvest.source_title);
  return [...told].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function presentOwner(organization: StoredOrganization): Record<string, unknown> {
  return {
    id: organization.id,
    name: organization.name,
    title: organization.title,
    type: organization.type,
    description: organization.description,
    image_url: organization.image_url,
    created: isoTime(organization.created),
    is_organization: organization.is_organization,
    approval_status: organization.approval_status,
    state: organization.state,
  };
}

/** Where a group's picture is: an address as it stands, or a file of ours. */
export function imageUrl(
  image: string | null,
  folder: 'group' | 'user',
  settings: Pick<Config, 'siteUrl'>,
): string | null {
  if (!image) return image;
  return /^https?:/.test(image) ? image : `${settings.siteUrl}/uploads/${folder}/${image}`;
}

const collator = new Intl.Collator('en');
const displayName = (group: StoredGroup): string => group.title || group.name;
const byDisplayName = (a: StoredGroup, b: StoredGroup): number =>
  collator.compare(displayName(a), displayName(b));

function presentMembership(group: StoredGroup, settings: PresentationSettings): Record<string, unknown> {
  return withoutNull(
    {
      description: group.description,
      display_name: displayName(group),
      id: group.id,
      image_display_url: imageUrl(group.image_url, 'group', settings),
      name: group.name,
      title: group.title,
    },
    ['description', 'image_display_url', 'title'],
  );
}

/** CKAN does not show these fields where a row, of an older version or written by hand, has NULL for them. */
export function withoutNull<Fields extends Record<string, unknown>>(fields: Fields, names: string[]): Fields {
  const shown: Record<string, unknown> = fields;
  for (const name of names) if (shown[name] === null) delete shown[name];
  return fields;
}

function presentTag(tag: StoredTag): Record<string, unknown> {
  return {
    display_name: tag.name,
    id: tag.id,
    name: tag.name,
    state: 'active',
    vocabulary_id: tag.vocabulary_id,
  };
}

// `__extras` is how CKAN names what its schema has no field for; clients read it there.
function presentRelationship(relationship: StoredRelationship): Record<string, unknown> {
  return {
    __extras: {
      object_package_id: relationship.object_package_id,
      subject_package_id: relationship.subject_package_id,
    },
    comment: relationship.comment,
    id: relationship.id,
    type: relationship.type,
  };
}

export function presentResource(
  resource: StoredResource,
  datasetType: string,
  settings: ResourceSettings,
): ResourceDict {
  const datastore = settings.plugins.includes('datastore')
    ? { datastore_active: false, datastore_contains_all_records_of_source_file: false }
    : {};
  const extras = resource.extras ? (JSON.parse(resource.extras) as Record<string, unknown>) : {};
  const shown = {
    ...datastore,
    ...extras,
    cache_last_updated: isoTime(resource.cache_last_updated),
    cache_url: resource.cache_url,
    created: isoTime(resource.created),
    description: resource.description,
    format: resource.format && canonicalFormat(resource.format),
    hash: resource.hash,
    id: resource.id,
    last_modified: isoTime(resource.last_modified),
    metadata_modified: isoTime(resource.metadata_modified),
    mimetype: resource.mimetype,
    mimetype_inner: resource.mimetype_inner,
    name: resource.name,
    package_id: resource.package_id,
    position: resource.position,
    resource_type: resource.resource_type,
    size: resource.size,
    state: resource.state,
    url: resourceUrl(resource, datasetType, settings),
    url_type: resource.url_type,
  };
  return withoutNull(shown, ['created', 'format', 'hash']);
}

/** An upload is shown by its download address; a link without a scheme gets one. */
function resourceUrl(resource: StoredResource, datasetType: string, { siteUrl }: ResourceSettings): string {
  const { url } = resource;
  if (resource.url_type === 'upload') {
    return `${siteUrl}/${datasetType}/${resource.package_id}/resource/${resource.id}/download/${mungeFilename(url)}`;
  }
  if (!url || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  return `http://${url.replace(/^\/+/, '')}`;
}
