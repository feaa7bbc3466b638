import type { Call } from '../action/call.ts';
import { callerLabels } from '../authorisation/labels.ts';
import { loadDatasets } from '../dataset/load.ts';
import { type DatasetDict, presentDataset } from '../dataset/presenter.ts';

/** Which datasets: of an organisation, in a group, made by an account, or with a tag. */
export interface DatasetsOf {
  owner?: string;
  group?: string;
  creator?: string;
  tag?: string;
  /** Private datasets and, of an account, drafts count as far as the caller may read them. */
  hidden?: boolean;
}

// The harvester's own datasets are hidden from every search that does not ask for them.
const conditions = `p.state <> 'deleted' AND p.type IS DISTINCT FROM 'harvest'
  AND ($1::text IS NULL OR p.owner_org = $1)
  AND ($2::text IS NULL OR p.id IN (SELECT m.table_id FROM member m
     WHERE m.group_id = $2 AND m.table_name = 'package' AND m.state = 'active'))
  AND ($3::text IS NULL OR p.creator_user_id = $3)
  AND ($4::text IS NULL OR p.id IN (SELECT pt.package_id FROM package_tag pt
     WHERE pt.tag_id = $4 AND pt.state = 'active'))`;

/** In SQL what `datasetLabels` and `callerLabels` say; $5 is whether more than the public ones count, $6 the labels. */
const visible = `(p.state = 'active' AND p.private IS NOT TRUE OR $5 AND (p.state = 'active' OR $3 IS NOT NULL)
  AND ($6::text[] IS NULL
    OR CASE WHEN coalesce(p.owner_org, '') <> '' THEN 'member-' || p.owner_org ELSE 'creator-' || p.creator_user_id END = ANY($6)
    OR 'collaborator-' || p.id = ANY($6)))`;

async function values(call: Call, which: DatasetsOf): Promise<unknown[]> {
  const { owner = null, group = null, creator = null, tag = null, hidden = false } = which;
  const labels = hidden ? ((await callerLabels(call)) ?? null) : [];
  return [owner, group, creator, tag, hidden, labels];
}

/**
 * Datasets as their rows are now, newest first. CKAN asks its index for them; the rows answer the same and are
 * never behind the change that is being answered. Never more than a search may give.
 */
export async function listDatasets(call: Call, which: DatasetsOf, most: number): Promise<DatasetDict[]> {
  const rows = await call.sql.prepared<{ id: string }>(
    'datasets_of',
    `SELECT p.id FROM package p WHERE ${conditions} AND ${visible}
     ORDER BY p.metadata_modified DESC NULLS LAST, p.id LIMIT $7`,
    [...(await values(call, which)), Math.min(most, call.site.config.searchRowsMax)],
  );
  const stored = await loadDatasets(
    call.sql,
    rows.map((row) => row.id),
  );
  const byId = new Map(stored.map((dataset) => [dataset.id, dataset]));
  return rows.flatMap(({ id }) => {
    const dataset = byId.get(id);
    return dataset ? [presentDataset(dataset, call.site.config)] : [];
  });
}

/** Numbers of datasets of these organisations or in these groups; one statement for all of them. */
export async function countDatasets(call: Call, groupIds: string[]): Promise<Map<string, number>> {
  if (groupIds.length === 0) return new Map();
  const labels = await callerLabels(call);
  const rows = await call.sql.prepared<{ id: string; count: number }>(
    'count_datasets_of',
    `SELECT p.owner_org AS id, count(*)::int AS count FROM package p
     WHERE p.owner_org = ANY($1) AND p.state = 'active' AND p.type IS DISTINCT FROM 'harvest'
       AND (p.private IS NOT TRUE OR $2::text[] IS NULL OR 'member-' || p.owner_org = ANY($2)
         OR 'collaborator-' || p.id = ANY($2))
     GROUP BY p.owner_org
     UNION ALL
     SELECT m.group_id, count(DISTINCT p.id)::int FROM member m
     JOIN "group" g ON g.id = m.group_id AND g.is_organization IS NOT TRUE
     JOIN package p ON p.id = m.table_id AND p.state = 'active' AND p.private IS NOT TRUE
       AND p.type IS DISTINCT FROM 'harvest'
     WHERE m.group_id = ANY($1) AND m.table_name = 'package' AND m.state = 'active'
     GROUP BY m.group_id`,
    [groupIds, labels ?? null],
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}
