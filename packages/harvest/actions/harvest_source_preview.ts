import { natural, type Params, steppedAction } from '@portolan/catalogue';
import { sourceToOperate } from '../authorisation/source_rules.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { withHarvestSite } from '../open_site.ts';
import { requestPreview } from '../preview/preview.repo.ts';
import { type PreviewedRecord, previewHarvest } from '../preview/preview.ts';
import { showPreview } from '../preview/show.ts';
import type { Source } from '../source/source.repo.ts';

const usual = 50;
/** For all but sysadmins. */
const most = 1000;
/** Of an answer that is waited for. */
const mostAtOnce = 10_000;
/** Seconds that a caller waits. */
const patience = { usual: 120, most: 3600 };

export const harvestSourcePreview = steppedAction<Source>({
  name: 'harvest_source_preview',
  summary: 'What a harvest of the source would do, record by record and field by field; it changes nothing.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    limit: {
      type: 'integer',
      meaning: `Most records that are looked at: ${usual} unless told otherwise, for sysadmins all; ${most} at most, but for sysadmins.`,
    },
    wait: {
      type: 'any',
      meaning: `false: it is done by a worker, and read with harvest_preview_show. Else the seconds after which it ends with what it has: ${patience.usual} unless told otherwise, ${patience.most} at most; ${mostAtOnce} records at most are waited for.`,
    },
  },
  authorise: (call, params) => sourceToOperate(call, params['id']),
  async handle(call, params, source) {
    const { harvestMaxRecords } = call.site.config;
    const bound = call.user && !call.user.sysadmin ? most : harvestMaxRecords;
    const limit = Math.min(natural(params, 'limit') ?? (bound === most ? usual : bound), bound);
    const wait = secondsToWait(params);
    if (wait > 0) return previewed(call.site, source, Math.min(limit, mostAtOnce), wait);
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const id = await call.site.db.transact((tx) => requestPreview(tx, site, source.id, limit));
    return showPreview(call.sql, id, call.site.runtime.now());
  },
});

/** @throws PortolanError `validation` */
function secondsToWait(params: Params): number {
  const word = String(params['wait']).trim().toLowerCase();
  if (word === 'true') return patience.usual;
  if (word === 'false') return 0;
  return Math.min(natural(params, 'wait') ?? patience.usual, patience.most);
}

const previewed = (
  site: Parameters<typeof withHarvestSite>[0],
  source: Source,
  limit: number,
  seconds: number,
) =>
  withHarvestSite(site, async (harvest) => {
    const preview = previewHarvest(harvest, source, {
      limit,
      signal: new AbortController().signal,
      deadline: AbortSignal.timeout(seconds * 1000),
    });
    const records: PreviewedRecord[] = [];
    for (;;) {
      const next = await preview.next();
      if (next.done) return { summary: next.value, records };
      records.push(next.value.record);
    }
  });
