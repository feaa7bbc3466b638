import { natural, readAction } from '@portolan/catalogue';
import { sourceToOperate } from '../authorisation/source_rules.ts';
import { withHarvestSite } from '../open_site.ts';
import { type PreviewedRecord, previewHarvest } from '../preview/preview.ts';
import type { Source } from '../source/source.repo.ts';

const usual = 50;
const most = 1000;
/** Milliseconds that a caller waits at most. */
const patience = 120_000;

export const harvestSourcePreview = readAction<Source>({
  name: 'harvest_source_preview',
  summary: 'What a harvest of the source would do, record by record and field by field; it changes nothing.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    limit: {
      type: 'integer',
      meaning: `Most records that are looked at: ${usual} unless told otherwise, ${most} at most.`,
    },
  },
  authorise: (call, params) => sourceToOperate(call, params['id']),
  handle: (call, params, source) =>
    withHarvestSite(call.site, async (harvest) => {
      const limit = Math.min(natural(params, 'limit') ?? usual, most);
      const preview = previewHarvest(harvest, source, { limit, signal: AbortSignal.timeout(patience) });
      const records: PreviewedRecord[] = [];
      for (;;) {
        const next = await preview.next();
        if (next.done) return { summary: next.value, records };
        records.push(next.value);
      }
    }),
});
