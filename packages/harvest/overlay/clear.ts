import {
  loadDataset,
  presentRows,
  updateDataset,
  type WriteCall,
  withOwnFieldsOnTop,
} from '@portolan/catalogue';
import type { DatasetDict } from '../dataset_writer.ts';
import { differing, fieldsOf, withFields } from './fields.rules.ts';
import { findBases, findOverlays, saveOverlays } from './overlay.repo.ts';

/**
 * Sets edited fields of a dataset back to what the source has, edits that no harvest has met yet too.
 * @returns the names of the fields
 */
export async function clearOverlays(
  call: WriteCall,
  id: string,
  field: string | undefined,
): Promise<string[]> {
  const base = (await findBases(call.sql, [id])).get(id);
  const stored = await loadDataset(call.sql, id);
  if (!base || !stored) return [];
  const dataset: DatasetDict = presentRows({ ...stored, harvest: null }, call.site.config);
  const cleared = differing(fieldsOf(dataset), base).filter((name) => field === undefined || name === field);
  if (cleared.length === 0) return [];
  const back = withFields(dataset, new Map(cleared.map((name) => [name, base[name] ?? null])));
  await updateDataset(call, id, withOwnFieldsOnTop(back, call.site.config));
  const overlays = (await findOverlays(call.sql, id)).filter(({ field: name }) => !cleared.includes(name));
  await saveOverlays(call.sql, [{ id, overlays }]);
  return cleared;
}
