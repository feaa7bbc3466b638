import type { DatasetDict } from '../../dataset_writer.ts';
import { type MappedRecord, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { mungeTag } from '../../text/name.rules.ts';
import { addDefaultExtras } from './default_extras.rules.ts';
import { localGroups, localOrganization } from './remote_groups.ts';

/** A remote CKAN's dataset as one of this catalogue; source: ckanext-harvest's CKAN harvester, import stage. */
export async function ckanToDataset(context: ObjectContext): Promise<MappedRecord | 'ignored'> {
  const { object, config, source } = context;
  if (object.content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
  const remote = parse(object.content);
  if (remote.type === 'harvest') return 'ignored';
  const dataset: DatasetDict = { ...remote };
  dataset.tags = tagsOf(remote, config);
  dataset.groups = await localGroups(context, remote);
  dataset.owner_org = (await localOrganization(context, remote)) ?? source.owner_org;
  addDefaultGroups(dataset, config);
  addDefaultExtras(dataset, context);
  dataset.resources = (Array.isArray(remote.resources) ? remote.resources : []).map(plainLink);
  const modified = remote.metadata_modified;
  return {
    dataset,
    identity: 'remote',
    ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
  };
}

function parse(content: string): DatasetDict {
  const value: unknown = JSON.parse(content);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ObjectFailure('The record is not a dataset');
  return value as DatasetDict;
}

/** Uploads and datastore tables stay where they are; here they are links. */
function plainLink(resource: Record<string, unknown>): Record<string, unknown> {
  const { url_type: _upload, revision_id: _revision, ...rest } = resource;
  return rest;
}

type Tag = { name: string; [key: string]: unknown };

function tagsOf(remote: DatasetDict, config: Record<string, unknown>): Tag[] {
  // The legacy form of a dataset has tags as plain texts.
  const tags: Tag[] = (Array.isArray(remote.tags) ? remote.tags : []).map((tag: Tag | string) =>
    typeof tag === 'string' ? { name: tag } : tag,
  );
  const defaults = Array.isArray(config['default_tags']) ? (config['default_tags'] as Tag[]) : [];
  for (const tag of defaults) if (!tags.some(({ name }) => name === tag.name)) tags.push({ ...tag });
  if (config['clean_tags'] !== true) return tags;
  const cleaned = tags.map((tag) => ({ ...tag, name: mungeTag(tag.name) }));
  return [...new Map(cleaned.map((tag) => [tag.name, tag])).values()];
}

function addDefaultGroups(dataset: DatasetDict, config: Record<string, unknown>): void {
  const defaults = Array.isArray(config['default_group_dicts'])
    ? (config['default_group_dicts'] as { id: string; name: string }[])
    : [];
  const groups = dataset.groups ?? [];
  for (const { id, name } of defaults)
    if (!groups.some((group) => group.id === id)) groups.push({ id, name });
  dataset.groups = groups;
}
