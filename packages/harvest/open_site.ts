import type { Site } from '@portolan/catalogue';
import { createFetcher, type Fetcher } from '@portolan/fetcher';
import type { Config } from '@portolan/kernel';
import { catalogueWriter } from './catalogue_writer.ts';
import { drivers } from './drivers.ts';
import { enqueueHarvest } from './jobs.table.ts';
import { sharedCircuit } from './politeness/shared_circuit.ts';
import { sharedHostLimiter } from './politeness/shared_limiter.ts';
import type { HarvestSite } from './site.ts';

const megabyte = 2 ** 20;

/** A turn of a killed process ends well before another has taken over its job. */
const politeness = { concurrency: 2, minInterval: 500, lease: 15_000 };

/** Shorter than the rest of a job that meets a silent host: when it goes on, one request tries. */
const silence = { threshold: 20, cooldown: 60_000, trial: 30_000 };

/** The one way out of this process, as the site is configured; all processes together are polite to a host. */
export function siteFetcher({ config, db, runtime, logger }: Site): Fetcher {
  return createFetcher({
    runtime,
    logger,
    allow: config.fetchAllow,
    own: ownServices(config),
    userAgent: `${config.siteTitle} harvester (+${config.siteUrl}${config.errorEmail ? `; ${config.errorEmail}` : ''})`,
    timeout: config.fetchTimeout * 1000,
    maxBytes: config.harvestMaxFileSize * megabyte,
    circuit: sharedCircuit(db, { ...silence, runtime, logger }),
    limiter: sharedHostLimiter(db, { ...politeness, runtime, logger }),
  });
}

const usualPorts: Record<string, number> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'rediss:': 6379,
};

/** Where the portal's own database, queues and search engine listen, as `host:port`. */
export function ownServices(config: Config): string[] {
  const { databaseUrl, datastoreUrl, redisUrl, opensearchUrl, queueHost, queuePort } = config;
  const named = [databaseUrl, datastoreUrl, redisUrl, opensearchUrl].flatMap((text) => {
    const url = text === undefined || !URL.canParse(text) ? undefined : new URL(text);
    if (!url?.hostname) return []; // A socket in the file system.
    const port = url.port || (usualPorts[url.protocol] ?? (url.protocol === 'https:' ? 443 : 80));
    return [`${url.hostname}:${port}`];
  });
  return queueHost === undefined ? named : [...named, `${queueHost}:${queuePort}`];
}

/** The harvester on top of a site. */
export function harvestSite(site: Site, fetcher: Fetcher): HarvestSite {
  return {
    get config() {
      return site.config;
    },
    db: site.db,
    runtime: site.runtime,
    logger: site.logger,
    fetcher,
    mailer: site.mailer,
    writer: catalogueWriter(site),
    drivers,
    enqueue: enqueueHarvest,
  };
}

/** The harvester for the time of one piece of work: what an action or a command needs. */
export async function withHarvestSite<Result>(
  site: Site,
  work: (harvest: HarvestSite) => Promise<Result>,
): Promise<Result> {
  const fetcher = siteFetcher(site);
  try {
    return await work(harvestSite(site, fetcher));
  } finally {
    await fetcher.close();
  }
}
