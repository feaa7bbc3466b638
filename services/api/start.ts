import { catalogueActions, registerActions } from '@portolan/catalogue';
import { registerHarvest } from '@portolan/harvest';
import { environment, failStart, parent, Shutdown } from '@portolan/kernel';
import { openSite } from '@portolan/site';
import { serveApi } from './serve.ts';

try {
  registerActions(catalogueActions);
  registerHarvest();
  const opened = await openSite({ service: 'web', env: environment() });
  const shutdown = new Shutdown(opened.site.logger);
  shutdown.onSignals();
  const app = await serveApi(opened);
  // Answers under way are finished, then the parts they need are closed.
  shutdown.add('http', 10_000, () => app.close());
  shutdown.add('site', 5_000, () => opened.close());
  parent.ready();
} catch (error) {
  failStart(error);
}
