import type { Site } from '../action/call.ts';
import { findDataset } from '../dataset/find.ts';
import { findGroup } from '../organization/row.ts';

/** Datasets of one transaction of an index build. */
const batch = 200;

/** Which datasets an index build is about; nothing said: all that the index should hold. */
export interface Selection {
  datasetId?: string;
  organisationId?: string;
  /** Without drafts and deleted ones, whatever the index holds. */
  activeOnly?: boolean;
  /** `dataset`, `harvest`, … */
  type?: string;
  /** Milliseconds since the epoch; only what was modified then or later. */
  modifiedSince?: number;
  /** Only what is not in the index. */
  missing?: boolean;
}

/** A dataset by id or name, else all datasets of an organisation by its id or name; undefined when there is neither. */
export async function selectionNamed(site: Site, reference: string): Promise<Selection | undefined> {
  const dataset = await findDataset(site.db, reference);
  if (dataset) return { datasetId: dataset.id };
  const group = await findGroup(site.db, reference);
  return group?.is_organization ? { organisationId: group.id } : undefined;
}

export interface SelectedDataset {
  id: string;
  name: string;
  /** `YYYY-MM-DD`. */
  modified: string;
}

/** The selected datasets in batches, by id; what is made or removed meanwhile may be there or not. */
export async function* selectDatasets(site: Site, selection: Selection): AsyncGenerator<SelectedDataset[]> {
  for (let after = ''; ; ) {
    const page = await nextDatasets(site, selection, after);
    const chosen = selection.missing ? await withoutEntry(site, page) : page;
    if (chosen.length > 0) yield chosen;
    if (page.length < batch) return;
    after = page.at(-1)!.id;
  }
}

/** How many those are. */
export async function countSelected(site: Site, selection: Selection): Promise<number> {
  if (!selection.missing) {
    const [row] = await site.db.rows<{ count: number }>(
      `SELECT count(*) FROM package WHERE ${chosen}`,
      conditionsOf(site, selection),
    );
    return row!.count;
  }
  let count = 0;
  for await (const datasets of selectDatasets(site, selection)) count += datasets.length;
  return count;
}

const chosen = `state <> ALL ($1::text[])
  AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR owner_org = $3)
  AND ($4::text IS NULL OR type = $4) AND ($5::timestamp IS NULL OR metadata_modified >= $5::timestamp)`;

function conditionsOf(site: Site, selection: Selection): unknown[] {
  const { datasetId, organisationId, activeOnly, type, modifiedSince } = selection;
  // One that is asked for by name is looked at whatever its state, and leaves the index if it must.
  const deleted = site.config.searchRemoveDeleted && datasetId === undefined ? ['deleted'] : [];
  const left = activeOnly ? ['draft', 'deleted'] : deleted;
  const since = modifiedSince === undefined ? null : new Date(modifiedSince).toISOString().slice(0, -1);
  return [left, datasetId ?? null, organisationId ?? null, type ?? null, since];
}

const nextDatasets = (site: Site, selection: Selection, after: string): Promise<SelectedDataset[]> =>
  site.db.rows(
    `SELECT id, name, to_char(metadata_modified, 'YYYY-MM-DD') AS modified FROM package
     WHERE ${chosen} AND id > $6 ORDER BY id LIMIT $7`,
    [...conditionsOf(site, selection), after, batch],
  );

async function withoutEntry(site: Site, datasets: SelectedDataset[]): Promise<SelectedDataset[]> {
  const indexed = await site.search.entries(
    site.db,
    datasets.map(({ id }) => id),
  );
  return datasets.filter(({ id }) => !indexed.has(id));
}
