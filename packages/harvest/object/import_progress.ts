import { saveTraffic, type Traffic } from '../health/traffic.ts';
import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import { noteThroughput } from '../status/throughput.ts';
import type { ImportBatch } from './import_batch.ts';

/** Milliseconds: operators see what a long run does before it ends. */
const interval = 60_000;

/** Notes what a run has asked of remotes, and how many records it is done with. */
export interface ImportProgress {
  /** Notes what has come since the last time. */
  note(): Promise<void>;
  /** The same, if that was a while ago. */
  noteWhenDue(): Promise<void>;
}

export function importProgress(
  site: Pick<HarvestSite, 'db' | 'runtime' | 'logger'>,
  jobId: string,
  { traffic, batch }: { traffic: Traffic; batch: Pick<ImportBatch, 'done'> },
): ImportProgress {
  const { db, runtime } = site;
  const log = logOf(site.logger, 'queue');
  let told = runtime.now();
  let counted = 0;
  async function note(): Promise<void> {
    const { done } = batch;
    await saveTraffic(db, jobId, traffic).catch((error) =>
      log.info({ job: jobId, err: error }, 'traffic of an import is not noted'),
    );
    await noteThroughput(db, done - counted).catch((error) =>
      log.info({ job: jobId, err: error }, 'records of an import are not counted'),
    );
    counted = done;
    told = runtime.now();
  }
  return {
    note,
    async noteWhenDue() {
      if (runtime.now() - told >= interval) await note();
    },
  };
}
