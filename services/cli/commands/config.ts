import { readFileSync } from 'node:fs';
import { type Config, declarations, loadConfig, parseIni } from '@portolan/kernel';
import type { Command } from 'commander';
import { CommandError, commandEnvironment } from '../environment.ts';
import { print, printJson } from '../output.ts';
import type { GlobalOptions } from '../session.ts';

const entries = Object.entries(declarations) as [keyof Config, (typeof declarations)[keyof Config]][];

/** `ckan config …`: what can be set, what is set, and what is wrong with it. */
export function configCommand(program: Command): void {
  const config = program.command('config').description('settings');
  config
    .command('list', { isDefault: true })
    .alias('declaration')
    .alias('describe')
    .description('every setting: name, type, default, meaning')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => {
      if (options.json)
        return printJson(
          entries.map(([, { key, env, type, default: value, meaning }]) => ({
            key,
            env,
            type,
            default: value,
            meaning,
          })),
        );
      for (const [, { key, env, type, default: value, meaning }] of entries)
        print(
          `${key}${env ? ` (${env})` : ''}`,
          `  ${type}, default ${JSON.stringify(value) ?? 'none'}`,
          `  ${meaning}`,
        );
    });
  config
    .command('search')
    .description('settings whose name holds a text; * stands for anything')
    .argument('[pattern]', 'a text, or a pattern such as ckan.auth.*', '*')
    .option('--with-current', 'with the values in force; secrets are not shown')
    .option('--with-default', 'with the defaults')
    .option('--explain', 'with the meanings')
    .action(
      (pattern: string, options: { withCurrent?: boolean; withDefault?: boolean; explain?: boolean }) => {
        const values = options.withCurrent ? current(program) : undefined;
        for (const [name, option] of entries.filter(([, { key }]) => fits(pattern, key))) {
          const value = options.withDefault ? option.default : values?.[name];
          const shown = values || options.withDefault ? `: ${option.secret ? '…' : shownValue(value)}` : '';
          print(`${option.key}${shown}`);
          if (options.explain) print(`  ${option.meaning}`);
        }
      },
    );
  config
    .command('undeclared')
    .description('settings of the ckan.ini that this portal does not read')
    .action(() => {
      const file = program.opts<GlobalOptions>().config ?? commandEnvironmentFile(program);
      const known = new Set(entries.flatMap(([, { key, aliases }]) => [key, ...aliases]));
      for (const { key, line } of parseIni(readFileSync(file, 'utf8'), '.'))
        if (!known.has(key)) print(`${key} (line ${line})`);
    });
  config
    .command('validate')
    .description('read the settings in force and say what is wrong with them')
    .action(() => {
      current(program);
      print('Configuration is valid');
    });
}

function current(program: Command): Config {
  const { data, config: file } = program.opts<GlobalOptions>();
  return loadConfig({ env: commandEnvironment(data, file), ...(file ? { file } : {}) });
}

function commandEnvironmentFile(program: Command): string {
  const file = commandEnvironment(program.opts<GlobalOptions>().data, undefined)['CKAN_INI'];
  if (!file) throw new CommandError('There is no ckan.ini: name one with -c', 2);
  return file;
}

const shownValue = (value: unknown): string =>
  Array.isArray(value) ? value.join(' ') : value === undefined ? '' : String(value);

function fits(pattern: string, key: string): boolean {
  if (!pattern.includes('*')) return key.includes(pattern);
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(key);
}
