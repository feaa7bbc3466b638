import type { Site } from '@portolan/catalogue';
import { openDatabase } from '@portolan/db';
import { openHarvestLog } from '@portolan/harvest/log';
import { type Config, createLogger, type Logger, loadConfig, systemRuntime } from '@portolan/kernel';
import { smtpMailer } from '@portolan/mail';
import { type Control, join } from '@portolan/maintenance';
import { openStore } from '@portolan/storage';
import { openEngine } from './search_engine.ts';

/** The CKAN whose behaviour the API has; clients parse it. */
export const ckanVersion = '2.11.5';

export interface SiteOptions {
  /** Name in logs, in the list of processes and, as `ckan-…`, in pg_stat_activity. */
  service: string;
  env: Record<string, string | undefined>;
  file?: string;
  /** Instead of one on standard error. */
  logger?: Logger;
  /** Least severe line on standard error, instead of the configured one. */
  logLevel?: string;
}

export interface OpenSite {
  site: Site;
  /** What else has to stop writing when the gate closes, and may go on when it opens: the workers. */
  onGate(listener: GateListener): void;
  close(): Promise<void>;
}

export type GateListener = (closed: boolean) => Promise<void>;

/** Opens the parts that every service shares and joins the processes that obey the control row. */
export async function openSite(options: SiteOptions): Promise<OpenSite> {
  const source = { env: options.env, ...(options.file === undefined ? {} : { file: options.file }) };
  let config: Config = loadConfig(source);
  const harvestLog = openHarvestLog(config, systemRuntime);
  const { service, logLevel = config.logLevel } = options;
  const logger = options.logger ?? createLogger({ service, level: logLevel, also: harvestLog });
  const db = openDatabase({
    url: config.databaseUrl,
    application: `ckan-${options.service}`,
    poolSize: config.poolSize,
    logger,
  });
  harvestLog?.writeTo(db);
  const listeners: GateListener[] = [];
  const gate = { closed: false };
  const files = await openStore(config);
  const search = await openEngine(() => config, db, logger);

  async function obey(control: Control): Promise<void> {
    config = loadConfig({ ...source, overrides: control.settings });
    if (control.readOnly === gate.closed) return;
    gate.closed = control.readOnly;
    // Closing: workers end their item first, since that item still has to be written; opening: the reverse.
    if (gate.closed) await Promise.all(listeners.map((listener) => listener(true)));
    await db.setReadOnly(gate.closed);
    if (!gate.closed) await Promise.all(listeners.map((listener) => listener(false)));
    logger.info({ readOnly: gate.closed, reason: control.reason }, 'gate changed');
  }

  const membership = await join({ db, service: options.service, runtime: systemRuntime, logger, obey });
  const site: Site = {
    get config() {
      return config;
    },
    runtime: systemRuntime,
    db,
    search,
    files,
    mailer: smtpMailer(() => config, ckanVersion),
    gate,
    logger,
    version: ckanVersion,
  };
  return {
    site,
    onGate: (listener) => {
      listeners.push(listener);
      if (gate.closed) void listener(true);
    },
    async close() {
      await membership.leave();
      await search.close?.();
      await harvestLog?.close();
      await db.close();
    },
  };
}
