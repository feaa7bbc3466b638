import type { Db, Sql, Tx } from '@portolan/db';
import { createFetcher, type FetcherOptions } from '@portolan/fetcher';
import { invalid, type Logger, silentLogger, systemRuntime, timestamp } from '@portolan/kernel';
import { type Mailer, noMailer } from '@portolan/mail';
import type { DatasetDict, DatasetWriter } from '../dataset_writer.ts';
import type { Driver } from '../driver.ts';
import { runGather } from '../gather/gather.job.ts';
import { tellOfEnd } from '../health/ended.job.ts';
import { postWebhook } from '../health/webhook.ts';
import { createJob } from '../job/start.ts';
import { runImport } from '../object/import.job.ts';
import { shareFetchedContents } from '../object/same_content.repo.ts';
import { shareSupersededContents } from '../object/superseded.repo.ts';
import { runPreview } from '../preview/preview.job.ts';
import type { HarvestQueueJob, HarvestSite, JobRun } from '../site.ts';

/** A catalogue of nothing but packages, for tests of the harvester's own life cycle. */
export const plainWriter: DatasetWriter = {
  async find(sql: Sql, id: string): Promise<DatasetDict | undefined> {
    return (await this.findMany(sql, [id])).get(id);
  },
  async findMany(sql: Sql, ids: readonly string[]) {
    const rows = await sql.rows<DatasetDict>(
      `SELECT id, name, title, state, owner_org, notes, metadata_modified FROM package WHERE id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id ?? '', { ...row, resources: [] }]));
  },
  async create(tx: Tx, datasets: readonly DatasetDict[]) {
    const outcomes: Awaited<ReturnType<DatasetWriter['create']>> = [];
    for (const dataset of datasets) outcomes.push(await createPlain(tx, dataset));
    return outcomes;
  },
  async update(tx: Tx, datasets: readonly DatasetDict[]) {
    const outcomes: Awaited<ReturnType<DatasetWriter['update']>> = [];
    for (const dataset of datasets) outcomes.push(await updatePlain(tx, dataset));
    return outcomes;
  },
  async delete(tx: Tx, ids: readonly string[]) {
    await tx.rows(`UPDATE package SET state = 'deleted' WHERE id = ANY ($1)`, [ids]);
  },
  async createGroup() {},
};

async function createPlain(tx: Tx, dataset: DatasetDict) {
  if (dataset['invalid']) return { error: invalid({ title: ['Not good'] }) };
  await tx.rows(
    `INSERT INTO package (id, name, title, notes, owner_org, state, type) VALUES ($1, $2, $3, $4, $5, 'active', 'dataset')`,
    [dataset.id, dataset.name, dataset.title, dataset['notes'] ?? null, dataset.owner_org ?? null],
  );
  return (await plainWriter.find(tx, dataset.id ?? '')) ?? dataset;
}

async function updatePlain(tx: Tx, dataset: DatasetDict) {
  if (dataset['invalid']) return { error: invalid({ title: ['Not good'] }) };
  await tx.rows(`UPDATE package SET name = $2, title = $3, notes = $4, state = 'active' WHERE id = $1`, [
    dataset.id,
    dataset.name,
    dataset.title,
    dataset['notes'] ?? null,
  ]);
  return (await plainWriter.find(tx, dataset.id ?? '')) ?? dataset;
}

export interface Bench {
  site: HarvestSite;
  /** Queue jobs asked for and not yet run; a roll-back takes its own back. */
  queue: { job: HarvestQueueJob; key: string }[];
  /** Runs queue jobs, as one worker would, until none is left. */
  drain(site?: HarvestSite): Promise<void>;
}

export function harvestBench(
  db: Db,
  drivers: readonly Driver[],
  options: {
    fetcher?: Partial<FetcherOptions>;
    writer?: DatasetWriter;
    mailer?: Mailer;
    now?: () => number;
    logger?: Logger;
  } = {},
): Bench {
  const queue: Bench['queue'] = [];
  const runtime = { ...systemRuntime, ...(options.now ? { now: options.now } : {}) };
  const site: HarvestSite = {
    config: {
      harvestTimeout: 0,
      harvestMaxMinutes: 1440,
      harvestMaxRecords: 1_000_000,
      harvestMaxRecordSize: 10,
      harvestMaxDocumentSeconds: 5,
      harvestMaxEntries: 5000,
      harvestMaxResources: 2000,
      harvestOverlap: 60,
      dataJsonAdditions: 'on',
      rdfCleanTags: false,
      rdfNormalizeFormats: true,
      rdfSubcatalogues: false,
      harvestAutofreeze: 0,
      harvestNameAppend: 'number-sequence',
      harvestKeepFields: [],
      harvestKeepExtras: [],
      harvestStalledAfter: 120,
      harvestDeleteShare: 20,
      harvestDeleteFloor: 10,
      siteTitle: 'Portal',
      harvestMailErrors: false,
      harvestMailAll: false,
      harvestRecipients: [],
      harvestWebhookUrl: undefined,
      harvestWebhookSecret: undefined,
      siteUrl: 'http://portal.test',
      localeDefault: 'en',
      validatorProfiles: ['iso19139'],
      continueOnValidationErrors: false,
      spatialAnchors: true,
      spatialValidateWms: false,
      spatialTagSchema: false,
      profile: 'ckan',
    },
    db,
    runtime,
    logger: options.logger ?? silentLogger,
    fetcher: createFetcher({
      runtime,
      logger: silentLogger,
      allow: [],
      userAgent: 'Test',
      minIntervalPerHost: 0,
      retries: 0,
      ...options.fetcher,
    }),
    mailer: options.mailer ?? noMailer,
    writer: options.writer ?? plainWriter,
    drivers,
    async enqueue(tx, job, key) {
      tx.afterCommit(() => {
        if (!queue.some((one) => one.job === job && one.key === key)) queue.push({ job, key });
      });
    },
  };
  return {
    site,
    queue,
    async drain(on = site) {
      for (let next = queue.shift(); next; next = queue.shift()) await runNext(on, next);
    },
  };
}

async function runNext(site: HarvestSite, { job, key }: Bench['queue'][number]): Promise<void> {
  if (job === 'harvest.gather') await runGather(site, testRun(), key);
  else if (job === 'harvest.import') await runImport(site, testRun(), key);
  else if (job === 'harvest.preview') await runPreview(site, testRun(), key);
  else if (job === 'harvest.webhook') await postWebhook(site, testRun().signal, JSON.parse(key));
  else if (job === 'harvest.ended') {
    await tellOfEnd(site, testRun(), key);
    await shareFetchedContents(site.db, key, testRun().fence);
    await shareSupersededContents(site.db, key, testRun().fence);
  }
}

let runs = 0;
export const testRun = (id = `run ${runs++}`, signal = new AbortController().signal): JobRun => ({
  id,
  signal,
  fence: async () => {},
});

/** Adds a source with its package. */
export async function addSource(
  db: Db,
  source: { id: string; type: string; url?: string; config?: object; frequency?: string },
): Promise<void> {
  await db.rows(
    `INSERT INTO package (id, name, title, type, state) VALUES ($1::text, $1, $1, 'harvest', 'active')`,
    [source.id],
  );
  await db.rows(
    `INSERT INTO harvest_source (id, url, title, type, config, created, active, frequency) VALUES ($1::text, $2, $1, $3, $4, $5, true, $6)`,
    [
      source.id,
      source.url ?? `http://remote.test/${source.id}`,
      source.type,
      source.config ? JSON.stringify(source.config) : '',
      timestamp(systemRuntime.now()),
      source.frequency ?? 'MANUAL',
    ],
  );
}

export const startJob = async (site: HarvestSite, sourceId: string): Promise<string> =>
  (await site.db.transact((tx) => createJob(tx, site, sourceId, { run: true }))).id;
