import type { DatasetDict, StoredDataset } from '@portolan/catalogue';
import { isoTime } from '@portolan/catalogue';
import type { Sql } from '@portolan/db';
import { type JobDict, presentJob } from '../job/job.presenter.ts';
import { newestJob } from '../job/job.repo.ts';
import { maskConfig } from './secret.rules.ts';

export interface SourceStatus {
  job_count: number;
  total_datasets: number;
  last_job: JobDict | null;
}

/** How many jobs and datasets a source has, and its newest job, whatever its state. */
export async function sourceStatus(sql: Sql, id: string): Promise<SourceStatus> {
  const [counts] = await sql.rows<{ jobs: number; datasets: number }>(
    `SELECT (SELECT count(*) FROM harvest_job WHERE source_id = $1) AS jobs,
            (SELECT count(DISTINCT p.id) FROM harvest_object o JOIN package p ON p.id = o.package_id
             WHERE o.harvest_source_id = $1 AND o.current AND p.state = 'active' AND p.private IS NOT TRUE) AS datasets`,
    [id],
  );
  const last = await newestJob(sql, id);
  return {
    job_count: counts?.jobs ?? 0,
    total_datasets: counts?.datasets ?? 0,
    last_job: last ? await presentJob(sql, last, { summaries: true }) : null,
  };
}

/** Stored as extras of the package, shown as fields of the source. */
const fields = ['source_type', 'frequency', 'config'] as const;

/**
 * A harvest source as package_show and harvest_source_show answer it: every key of its configuration is shown at
 * the top, too. Secrets in it only for those who may change the source.
 */
export function presentSource(
  stored: StoredDataset,
  options: { status?: SourceStatus; secrets: boolean; active?: boolean },
): DatasetDict {
  const extras = new Map(stored.extras.map(({ key, value }) => [key, value]));
  const own = stored.extras.filter(({ key }) => !(fields as readonly string[]).includes(key));
  const dict: DatasetDict = {
    creator_user_id: stored.creator_user_id,
    groups: stored.groups.map(({ id, name, title, description }) => ({
      id,
      name,
      title,
      description,
      display_name: title || name,
    })),
    id: stored.id,
    metadata_created: isoTime(stored.metadata_created),
    metadata_modified: isoTime(stored.metadata_modified),
    name: stored.name,
    notes: stored.notes,
    organization: stored.organization && { ...presentOwner(stored.organization) },
    owner_org: stored.owner_org,
    private: stored.private ?? false,
    relationships_as_object: [],
    relationships_as_subject: [],
    resources: [],
    state: stored.state ?? 'active',
    tags: [],
    title: stored.title || stored.name,
    type: stored.type,
    url: stored.url,
  };
  for (const field of fields) if (extras.has(field)) dict[field] = extras.get(field);
  if (own.length > 0) dict['extras'] = own;
  if (options.active !== undefined) dict['active'] = options.active;
  if (options.status) dict['status'] = options.status;
  return withPromotedConfig(dict, options.secrets);
}

/** What a configuration's keys of the same name are shown instead of, as in CKAN. */
const overruled = ['title', 'notes', 'url', 'frequency', 'source_type'];

/** All other fields win over the configuration: with a key `id` in it, a source is not to pass for another dataset. */
function withPromotedConfig(dict: DatasetDict, secrets: boolean): DatasetDict {
  const text = dict['config'];
  if (typeof text !== 'string' || text === '') return dict;
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return { ...dict, config: null }; // As CKAN shows what is no JSON.
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return dict;
  const shown = secrets ? { text, config } : maskConfig(text, config as Record<string, unknown>);
  const promoted = shown.config as Record<string, unknown>;
  const told = Object.fromEntries(Object.entries(promoted).filter(([key]) => overruled.includes(key)));
  return { ...promoted, ...dict, ...told, config: shown.text };
}

function presentOwner(organization: NonNullable<StoredDataset['organization']>): Record<string, unknown> {
  const { id, name, title, type, description, image_url, created, is_organization, approval_status, state } =
    organization;
  return {
    id,
    name,
    title,
    type,
    description,
    image_url,
    created: isoTime(created),
    is_organization,
    approval_status,
    state,
  };
}
