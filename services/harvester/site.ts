import type { Site } from '@portolan/catalogue';
import { createFetcher, type Fetcher } from '@portolan/fetcher';
import { catalogueWriter, drivers, enqueueHarvest, type HarvestSite } from '@portolan/harvest';

const megabyte = 2 ** 20;

/** The one way out of this process, as the site is configured. */
export function siteFetcher({ config, runtime, logger }: Site): Fetcher {
  return createFetcher({
    runtime,
    logger,
    allow: config.fetchAllow,
    userAgent: `${config.siteTitle} harvester (+${config.siteUrl}${config.errorEmail ? `; ${config.errorEmail}` : ''})`,
    timeout: config.fetchTimeout * 1000,
    maxBytes: config.harvestMaxFileSize * megabyte,
  });
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
    writer: catalogueWriter(site),
    drivers,
    enqueue: enqueueHarvest,
  };
}
