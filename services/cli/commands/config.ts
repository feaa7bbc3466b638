import { declarations, loadConfig } from '@portolan/kernel';
import type { Command } from 'commander';
import { commandEnvironment } from '../environment.ts';
import type { GlobalOptions } from '../session.ts';

export function configCommand(program: Command): void {
  const config = program.command('config').description('settings');
  config
    .command('list', { isDefault: true })
    .description('every setting: name, type, default, meaning')
    .action(() => {
      for (const { key, env, type, default: value, meaning } of Object.values(declarations))
        process.stdout.write(
          `${key}${env ? ` (${env})` : ''}\n  ${type}, default ${JSON.stringify(value) ?? 'none'}\n  ${meaning}\n`,
        );
    });
  config
    .command('validate')
    .description('read the settings in force and say what is wrong with them')
    .action(() => {
      const { data, config: file } = program.opts<GlobalOptions>();
      loadConfig({ env: commandEnvironment(data, file), ...(file ? { file } : {}) });
      process.stdout.write('Configuration is valid\n');
    });
}
