import { catalogueActions, registerActions } from '@portolan/catalogue';
import { registerHarvest } from '@portolan/harvest';
import { type OpenSite, openSite } from '@portolan/site';
import { commandEnvironment } from './environment.ts';

/** Options that stand before every command. */
export interface GlobalOptions {
  data?: string;
  config?: string;
}

let registered = false;

/** Once in a process, however many lines it runs. */
function register(): void {
  if (registered) return;
  registered = true;
  registerActions(catalogueActions);
  registerHarvest();
}

/** Opens the site for one command and closes it afterwards, whatever happens. */
export async function withSite<Result>(
  options: GlobalOptions,
  work: (opened: OpenSite) => Promise<Result>,
): Promise<Result> {
  register();
  const opened = await openSite({
    service: 'cli',
    env: commandEnvironment(options.data, options.config),
    ...(options.config === undefined ? {} : { file: options.config }),
    logLevel: 'silent',
  });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
