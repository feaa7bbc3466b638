// The worker and the harvester in one process: what the embedded portal runs beside the API.
import { registerHarvest } from '@portolan/harvest';
import { environment, failStart, parent, Shutdown } from '@portolan/kernel';
import { runBackground } from '@portolan/service-worker';
import { openSite } from '@portolan/site';

try {
  registerHarvest();
  const opened = await openSite({ service: 'jobs', env: environment() });
  const shutdown = new Shutdown(opened.site.logger);
  shutdown.onSignals();
  const background = await runBackground(opened, opened.site.config.services, (error) =>
    shutdown.fail(error),
  );
  shutdown.add('jobs', 15_000, () => background.close());
  shutdown.add('site', 5_000, () => opened.close());
  parent.ready();
} catch (error) {
  failStart(error);
}
