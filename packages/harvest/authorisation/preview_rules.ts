import { type Call, notAuthorised } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { findPreview, type PreviewRow } from '../preview/preview.repo.ts';
import { assertMayChange } from './source_rules.ts';

/** The preview that a call is about, by its id or its source, for those who may change the source. */
export async function previewToOperate(call: Call, reference: string): Promise<PreviewRow> {
  const preview = reference ? await findPreview(call.sql, reference, call.site.runtime.now()) : undefined;
  if (!preview) throw notFound('Preview not found.');
  await assertMayChange(
    call,
    preview.source_id,
    notAuthorised(call, `update harvest source ${preview.source_id}`),
  );
  return preview;
}
