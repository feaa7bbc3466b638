import { gatherMessage, isTransient } from '../gather/failure.rules.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite, JobRun } from '../site.ts';
import { closePreview } from './preview.repo.ts';
import { previewHarvest } from './preview.ts';
import { openRecordStore, PreviewOver } from './record_store.ts';

/**
 * Does a preview that nobody waits for, and keeps what it finds as it goes. An attempt that follows a crash goes on with
 * the page of the listing that was being read.
 * @throws whatever is worth another attempt: a lost database, the end of the process
 */
export async function runPreview(site: HarvestSite, run: JobRun, id: string): Promise<void> {
  const store = await openRecordStore(site, run, id);
  if (!store) return;
  const { source, limit, standing } = store;
  const over = new AbortController();
  const stopped = (error: unknown): never => {
    if (error instanceof PreviewOver) over.abort(error);
    throw error;
  };
  const log = logOf(site.logger, 'harvesters');
  log.info({ preview: id, source: source.name ?? source.id, from: standing.listed.size }, 'preview begins');
  try {
    const records = previewHarvest(site, source, {
      limit,
      standing,
      signal: AbortSignal.any([run.signal, over.signal]),
      reached: () => store.reached().catch(stopped),
    });
    for await (const previewed of records) await store.add(previewed);
    await store.end();
    log.info({ preview: id, records: standing.listed.size }, 'preview is over');
  } catch (error) {
    if (error instanceof PreviewOver) return;
    if (run.signal.aborted || isTransient(error)) throw error;
    log.warn({ preview: id, source: source.id, err: error }, 'preview failed');
    await site.db.transact(async (tx) => {
      await run.fence(tx);
      await closePreview(tx, id, { state: 'failed', now: site.runtime.now(), error: gatherMessage(error) });
    });
  }
}
