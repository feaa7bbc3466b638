import { requiredText, writeAction } from '@portolan/catalogue';
import { previewToOperate } from '../authorisation/preview_rules.ts';
import { abortPreview } from '../preview/abort.ts';
import type { PreviewRow } from '../preview/preview.repo.ts';
import { showPreview } from '../preview/show.ts';

export const harvestPreviewAbort = writeAction<PreviewRow>({
  name: 'harvest_preview_abort',
  summary: 'Ends a preview that nobody waits for; what it has found stays.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the preview, or id or name of a source for its newest preview.',
    },
  },
  authorise: (call, params) => previewToOperate(call, requiredText(params, 'id')),
  async handle(call, _params, preview) {
    const now = call.site.runtime.now();
    await abortPreview(call.sql, preview.id, now);
    return showPreview(call.sql, preview.id, now);
  },
});
