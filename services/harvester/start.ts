import { registerHarvest } from '@portolan/harvest';
import { environment, failStart, parent, Shutdown } from '@portolan/kernel';
import { openSite } from '@portolan/site';
import { runHarvester } from './run.ts';

try {
  registerHarvest();
  const opened = await openSite({ service: 'harvester', env: environment() });
  const shutdown = new Shutdown(opened.site.logger);
  shutdown.onSignals();
  const harvester = await runHarvester(opened, ['harvester', 'scheduler'], {
    onSilence: (error) => shutdown.fail(error),
  });
  shutdown.add('jobs', opened.site.config.harvestGrace * 1000 + 15_000, () => harvester.close());
  shutdown.add('site', 5_000, () => opened.close());
  parent.ready();
} catch (error) {
  failStart(error);
}
