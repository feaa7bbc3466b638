import { environment } from '@portolan/kernel';
import { openDataFolder } from '@portolan/service-portal/data_folder';
import { type RunningPortal, readRunFile } from '@portolan/service-portal/run_file';

/** A command cannot do what it was asked; the text says why. `code`: 1 failure, 2 usage, 3 not found, 4 refused. */
export class CommandError extends Error {
  readonly code: 1 | 2 | 3 | 4;

  constructor(message: string, code: 1 | 2 | 3 | 4 = 1) {
    super(message);
    this.code = code;
  }
}

/** The portal that runs here on embedded parts, if one does. */
export function runningPortal(data: string | undefined): RunningPortal | undefined {
  return readRunFile(openDataFolder(data ?? environment()['PORTOLAN_DATA']).runFile);
}

/**
 * The variables a command works under: those of the shell when they name a database (or a ckan.ini does), else
 * those of the portal that runs here.
 */
export function commandEnvironment(
  data: string | undefined,
  file: string | undefined,
): Record<string, string | undefined> {
  const own = environment();
  if (own['DATABASE_URL'] || own['CKAN_INI'] || file) return own;
  const portal = runningPortal(data);
  if (!portal)
    throw new CommandError(
      'No portal runs here. Start it with npm start, or set DATABASE_URL or -c ckan.ini.',
    );
  return { ...own, ...portal.env };
}
