import { catalogueActions, registerActions, type Site } from '@portolan/catalogue';
import { openDatabase } from '@portolan/db';
import { registerHarvest } from '@portolan/harvest';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine } from '@portolan/search';
import { diskStore } from '@portolan/storage';

/** The portal as a process of the bench sees it. */
export function benchSite(url: string, folder: string): Site {
  registerActions(catalogueActions);
  registerHarvest();
  return {
    config: loadConfig({ env: { SECRET_KEY: 'of the bench' } }),
    runtime: systemRuntime,
    db: openDatabase({ url, application: 'ckan-bench', poolSize: 10, logger: silentLogger }),
    search: postgresEngine(),
    files: diskStore(folder),
    mailer: noMailer,
    gate: { closed: false },
    logger: silentLogger,
    version: '2.11.5',
  };
}
