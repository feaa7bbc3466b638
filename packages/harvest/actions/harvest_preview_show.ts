import { natural, optionalText, readAction, requiredText } from '@portolan/catalogue';
import { invalid } from '@portolan/kernel';
import { previewToOperate } from '../authorisation/preview_rules.ts';
import type { PreviewRow } from '../preview/preview.repo.ts';
import type { PreviewedRecord } from '../preview/preview.ts';
import { showPreview } from '../preview/show.ts';

const page = { usual: 100, most: 1000 };
const actions: readonly string[] = [
  'create',
  'update',
  'unchanged',
  'delete',
  'error',
] satisfies PreviewedRecord['action'][];

export const harvestPreviewShow = readAction<PreviewRow>({
  name: 'harvest_preview_show',
  summary:
    'A preview that nobody waits for: its state, what it has found so far, and its records page by page. It is kept for a week.',
  fleeting: true,
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the preview, or id or name of a source for its newest preview.',
    },
    action: { type: 'text', meaning: `Only records of one of: ${actions.join(', ')}.` },
    limit: {
      type: 'integer',
      meaning: `At most so many records; ${page.usual} unless told otherwise, ${page.most} at most.`,
    },
    offset: { type: 'integer', meaning: 'So many records are left out at the start.' },
  },
  authorise: (call, params) => previewToOperate(call, requiredText(params, 'id')),
  handle(call, params, preview) {
    const action = optionalText(params, 'action');
    if (action !== undefined && !actions.includes(action))
      throw invalid({ action: [`Must be one of: ${actions.join(', ')}`] });
    return showPreview(call.sql, preview.id, call.site.runtime.now(), {
      action: action as PreviewedRecord['action'] | undefined,
      limit: Math.min(natural(params, 'limit') ?? page.usual, page.most),
      offset: natural(params, 'offset') ?? 0,
    });
  },
});
