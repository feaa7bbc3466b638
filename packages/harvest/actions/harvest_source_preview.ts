import { natural, readAction } from '@portolan/catalogue';
import { sourceToOperate } from '../authorisation/source_rules.ts';
import { withHarvestSite } from '../open_site.ts';
import { type PreviewedRecord, previewHarvest } from '../preview/preview.ts';
import type { Source } from '../source/source.repo.ts';

const usual = 50;
/** For all but sysadmins. */
const most = 1000;
/** Seconds that a caller waits. */
const patience = { usual: 120, most: 3600 };

export const harvestSourcePreview = readAction<Source>({
  name: 'harvest_source_preview',
  summary: 'What a harvest of the source would do, record by record and field by field; it changes nothing.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    limit: {
      type: 'integer',
      meaning: `Most records that are looked at: ${usual} unless told otherwise; ${most} at most, but for sysadmins.`,
    },
    wait: {
      type: 'integer',
      meaning: `Seconds after which it ends with what it has: ${patience.usual} unless told otherwise, ${patience.most} at most.`,
    },
  },
  authorise: (call, params) => sourceToOperate(call, params['id']),
  handle: (call, params, source) =>
    withHarvestSite(call.site, async (harvest) => {
      const asked = natural(params, 'limit') ?? usual;
      const limit = call.user?.sysadmin ? asked : Math.min(asked, most);
      const wait = Math.min(natural(params, 'wait') ?? patience.usual, patience.most);
      const preview = previewHarvest(harvest, source, {
        limit,
        signal: new AbortController().signal,
        deadline: AbortSignal.timeout(wait * 1000),
      });
      const records: PreviewedRecord[] = [];
      for (;;) {
        const next = await preview.next();
        if (next.done) return { summary: next.value, records };
        records.push(next.value);
      }
    }),
});
