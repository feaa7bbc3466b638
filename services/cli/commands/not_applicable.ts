import type { Command } from 'commander';
import { print } from '../output.ts';

/** Commands of CKAN about its own pages and development, which old deployment scripts may still call. */
export const notApplicable = [
  'asset',
  'sass',
  'less',
  'minify',
  'translation',
  'generate',
  'profile',
  'shell',
  'run',
  'tracking',
  'views',
  'plugin-info',
  'front-end-build',
] as const;

/** Answers such a command, whatever stands behind it, so that the script goes on. */
export const notApplicableCommand =
  (name: string) =>
  (program: Command): void => {
    program
      .command(name, { hidden: true })
      .argument('[words...]')
      .allowUnknownOption()
      .action(() => print(`${name}: not applicable`));
  };
