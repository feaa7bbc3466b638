import type { Db } from '@portolan/db';
import type { Fetcher, FetcherOptions } from '@portolan/fetcher';
import type { DatasetWriter } from '../dataset_writer.ts';
import type { Driver } from '../driver.ts';
import { drivers } from '../drivers.ts';
import { presentJob } from '../job/job.presenter.ts';
import { findJob } from '../job/job.repo.ts';
import { type DocumentServer, documentServer } from './document_server.ts';
import { addSource, type Bench, harvestBench, plainWriter, startJob } from './harvest_bench.ts';

/** A web server of invented documents and a harvester that may reach it. */
export interface RemoteBench {
  remote: DocumentServer;
  bench: Bench;
  /** Adds a source at a path of the server. @returns its id */
  newSource(type: string, path: string, config?: object): Promise<string>;
  /**
   * Harvests a source and tells its job, with every error of its records.
   * @param how `impatient`: a server is given up that sends nothing for half a second. A busy machine may keep any server
   * waiting for that long, so it is for tests of servers that do.
   */
  harvest(source: string, how?: { impatient: boolean }): Promise<HarvestOutcome>;
  /** A GUID that nothing else has. */
  newGuid(): string;
  close(): Promise<void>;
}

export type HarvestOutcome = Awaited<ReturnType<typeof outcome>>;

let made = 0;

/** @param limits what the fetcher allows, where it is not what it usually does */
export async function remoteBench(
  db: Db,
  harvested: readonly Driver[] = drivers,
  limits: Partial<FetcherOptions> = {},
  writer: DatasetWriter = plainWriter,
): Promise<RemoteBench> {
  const remote = await documentServer();
  const fetcher = { allow: [remote.host], concurrencyPerHost: 8, ...limits };
  const bench = harvestBench(db, harvested, { fetcher, writer });
  return {
    remote,
    bench,
    async newSource(type, path, config = {}) {
      const id = `remote-${made++}`;
      await addSource(db, { id, type, url: remote.url + path, config });
      return id;
    },
    async harvest(source, { impatient } = { impatient: false }) {
      const site = impatient ? { ...bench.site, fetcher: givingUpSoon(bench.site.fetcher) } : bench.site;
      const id = await startJob(site, source);
      await bench.drain(site);
      return outcome(db, id);
    },
    newGuid: () => `guid-${made++}`,
    async close() {
      await bench.site.fetcher.close();
      remote.close();
    },
  };
}

const givingUpSoon = (fetcher: Fetcher): Fetcher => ({
  fetch: (url, options) => fetcher.fetch(url, { ...options, idleTimeout: 500 }),
  read: (url, options) => fetcher.read(url, { ...options, idleTimeout: 500 }),
  close: () => fetcher.close(),
});

async function outcome(db: Db, id: string) {
  const row = await findJob(db, id);
  if (!row) throw new Error(`There is no job ${id}`);
  const job = await presentJob(db, row, { summaries: true });
  const errors = await db.rows<{ guid: string; message: string; stage: string; line: number | null }>(
    `SELECT o.guid, e.message, e.stage, e.line FROM harvest_object_error e
     JOIN harvest_object o ON o.id = e.harvest_object_id WHERE o.harvest_job_id = $1 ORDER BY e.created, e.message`,
    [id],
  );
  return { ...job, errors, gatherErrors: job.gather_error_summary?.map(({ message }) => message) };
}
