// One short step before the services: migrations, and the administrator on the first start. Later starts need neither,
// and wait for none of the modules that are for them.
import { migrate, openDatabase } from '@portolan/db';
import { createLogger, environment, failStart, loadConfig, parent } from '@portolan/kernel';

try {
  const env = environment();
  const config = loadConfig({ env });
  const logger = createLogger({ service: 'prepare', level: config.logLevel });
  const applied = await migrate(config.databaseUrl, logger);
  if (applied.length > 0) {
    const { migrateQueueBackend } = await import('@portolan/queue/storage');
    await migrateQueueBackend(config);
  }
  const db = openDatabase({ url: config.databaseUrl, application: 'ckan-prepare', poolSize: 1, logger });
  const [found] = await db.rows<{ n: number }>(
    `SELECT count(*) AS n FROM "user" WHERE sysadmin AND name <> $1`,
    [config.siteId],
  );
  await db.close();
  let token: string | undefined;
  if (!found?.n) {
    const { createSysadmin } = await import('@portolan/catalogue');
    const { openSite } = await import('@portolan/site');
    const opened = await openSite({ service: 'prepare', env, logger });
    token = (await createSysadmin(opened.site, { name: 'admin', email: 'admin@localhost.local' })).token;
    await opened.close();
  }
  parent.ready({ token });
  process.disconnect?.();
} catch (error) {
  failStart(error);
}
