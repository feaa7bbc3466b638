import type { Db, Tx } from '@portolan/db';
import type { Fetcher } from '@portolan/fetcher';
import type { Config, Logger, Runtime } from '@portolan/kernel';
import type { Mailer } from '@portolan/mail';
import type { DatasetWriter } from './dataset_writer.ts';
import type { Driver, HarvestingPortal } from './driver.ts';

/**
 * The harvester's queue jobs. `harvest.gather`, `harvest.import` and `harvest.ended` take a harvest job's id as their key,
 * `harvest.preview` a preview's,
 * `harvest.webhook` what is to be posted.
 */
export type HarvestQueueJob =
  | 'harvest.gather'
  | 'harvest.import'
  | 'harvest.schedule'
  | 'harvest.reimport'
  | 'harvest.preview'
  | 'harvest.ended'
  | 'harvest.webhook';

/** What the harvester is made of, as the composition root puts it together. */
export interface HarvestSite {
  /** The configuration in force now; it may change while the process runs. */
  readonly config: Pick<
    Config,
    | 'harvestTimeout'
    | 'harvestMaxMinutes'
    | 'harvestMaxRecords'
    | 'harvestMaxRecordSize'
    | 'harvestMaxDocumentSeconds'
    | 'harvestMaxEntries'
    | 'harvestMaxResources'
    | 'harvestOverlap'
    | 'dataJsonAdditions'
    | 'rdfCleanTags'
    | 'rdfNormalizeFormats'
    | 'rdfSubcatalogues'
    | 'harvestAutofreeze'
    | 'harvestMailErrors'
    | 'harvestMailAll'
    | 'harvestRecipients'
    | 'harvestWebhookUrl'
    | 'harvestWebhookSecret'
    | 'siteTitle'
    | 'harvestNameAppend'
    | 'harvestKeepFields'
    | 'harvestKeepExtras'
    | 'harvestStalledAfter'
    | 'harvestDeleteShare'
    | 'harvestDeleteFloor'
    | 'siteUrl'
    | 'localeDefault'
    | 'validatorProfiles'
    | 'continueOnValidationErrors'
    | 'spatialAnchors'
    | 'spatialValidateWms'
    | 'spatialTagSchema'
    | 'profile'
  >;
  readonly db: Db;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly fetcher: Fetcher;
  readonly mailer: Mailer;
  readonly writer: DatasetWriter;
  readonly drivers: readonly Driver[];
  /** Asks for a queue job in the transaction; lost or doubled messages do no harm. */
  enqueue(tx: Tx, job: HarvestQueueJob, key: string): Promise<void>;
}

/** What scheduling needs: no driver, nothing from outside. */
export type ScheduleSite = Pick<HarvestSite, 'db' | 'runtime' | 'logger' | 'enqueue'> & {
  readonly config: Pick<
    Config,
    | 'harvestTimeout'
    | 'harvestMaxMinutes'
    | 'harvestStalledAfter'
    | 'harvestDeleteFloor'
    | 'harvestDeleteShare'
  >;
};

/** One run of a queue job. */
export interface JobRun {
  /** The same for every attempt at one queue job: an attempt takes over what the one before it had claimed. */
  id: string;
  /** Aborted when the process stops or the lease is lost. */
  signal: AbortSignal;
  /** Aborted when the process is about to stop: no other record is begun. */
  stopping?: AbortSignal;
  /** Throws when another process has taken the job over; called in every transaction that writes. */
  fence(tx: Tx): Promise<void>;
}

export const driverOf = (site: HarvestSite, type: string): Driver | undefined =>
  site.drivers.find((driver) => driver.name === type);

/** What a driver may know of the portal. */
export const portalOf = ({ config }: HarvestSite): HarvestingPortal => ({
  url: config.siteUrl,
  language: config.localeDefault,
  validatorProfiles: config.validatorProfiles,
  maxRecordBytes: config.harvestMaxRecordSize * 2 ** 20,
  maxEntries: config.harvestMaxEntries,
  maxDocumentSeconds: config.harvestMaxDocumentSeconds,
  overlapMinutes: config.harvestOverlap,
  dataJsonAdditions:
    config.dataJsonAdditions === 'profile'
      ? config.profile === 'datagovuk'
      : config.dataJsonAdditions === 'on',
  rdf: {
    cleanTags: config.rdfCleanTags,
    normalizeFormats: config.rdfNormalizeFormats,
    subcatalogues: config.rdfSubcatalogues,
  },
  continueOnValidationErrors: config.continueOnValidationErrors,
  spatial: {
    anchors: config.spatialAnchors,
    validateWms: config.spatialValidateWms,
    dropBadTags: config.spatialTagSchema,
    detectLicense: config.profile === 'datagovuk',
  },
});
