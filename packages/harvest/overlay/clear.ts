import { updateDataset, type WriteCall, withOwnFieldsOnTop } from '@portolan/catalogue';
import { findEdited } from './edits.ts';
import { withFields } from './fields.rules.ts';
import { findOverlays, saveOverlays } from './overlay.repo.ts';

/**
 * Sets edited fields of a dataset back to what the source has, edits that no harvest has met yet too.
 * @returns the names of the fields
 */
export async function clearOverlays(
  call: WriteCall,
  id: string,
  field: string | undefined,
): Promise<string[]> {
  const edited = await findEdited(call, id);
  if (!edited) return [];
  const { dataset, base, edits } = edited;
  const cleared = edits.map((edit) => edit.field).filter((name) => field === undefined || name === field);
  if (cleared.length === 0) return [];
  const back = withFields(dataset, new Map(cleared.map((name) => [name, base[name] ?? null])));
  await updateDataset(call, id, withOwnFieldsOnTop(back, call.site.config));
  const overlays = (await findOverlays(call.sql, id)).filter(({ field: name }) => !cleared.includes(name));
  await saveOverlays(call.sql, [{ id, overlays }]);
  return cleared;
}
