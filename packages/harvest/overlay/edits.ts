import { loadDataset, presentRows, type Site } from '@portolan/catalogue';
import type { Sql } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import { differing, type Fields, fieldsOf } from './fields.rules.ts';
import { findBases, findOverlays, type Overlay } from './overlay.repo.ts';

/** An edit as it stands: `noticed` is missing until a harvest of the record has met it. */
export type Edit = Omit<Overlay, 'noticed'> & { noticed: string | null };

/** A harvested dataset, what its source has of it, and what people have made of that here. */
export interface Edited {
  dataset: DatasetDict;
  base: Fields;
  edits: Edit[];
}

/** The edits of a dataset, in the order of the fields; nothing for one whose source's fields are not known. */
export async function findEdited(
  { sql, site }: { sql: Sql; site: Pick<Site, 'config'> },
  id: string,
): Promise<Edited | undefined> {
  const base = (await findBases(sql, [id])).get(id);
  const stored = await loadDataset(sql, id);
  if (!base || !stored) return undefined;
  const dataset: DatasetDict = presentRows({ ...stored, harvest: null }, site.config);
  const fields = fieldsOf(dataset);
  const met = new Map((await findOverlays(sql, id)).map((overlay) => [overlay.field, overlay]));
  const edits = differing(fields, base).map((field) => ({
    ...(met.get(field) ?? { field, noticed: null, sourceChanged: null, jobId: null }),
    value: fields[field] ?? null,
    sourceValue: base[field] ?? null,
  }));
  return { dataset, base, edits: edits.sort((a, b) => (a.field < b.field ? -1 : 1)) };
}
