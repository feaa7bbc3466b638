import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseIni } from '@portolan/kernel';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { editIni } from '../ini_edit.rules.ts';
import { print } from '../output.ts';

interface Options {
  section: string;
  edit?: boolean;
  file?: string;
}

/** `ckan config-tool FILE key=value …`: deployments set their ini file with it. */
export function configToolCommand(program: Command): void {
  program
    .command('config-tool')
    .description('set options in a ckan.ini')
    .argument('<file>')
    .argument('[options...]', 'key=value')
    .option('-s, --section <section>', 'where they stand', 'app:main')
    .option('-e, --edit', 'refuse options that are not there yet')
    .option('-f, --file <file>', 'take options from another ini file')
    .action((file: string, given: string[], { section, edit, file: merged }: Options) => {
      const options = new Map<string, string>();
      if (merged)
        for (const { key, value } of parseIni(readFileSync(merged, 'utf8'), '.')) options.set(key, value);
      for (const one of given) {
        const at = one.indexOf('=');
        if (at < 1) throw new CommandError(`An option has no equals sign: ${one}`, 2);
        options.set(one.slice(0, at).trim(), one.slice(at + 1).trim());
      }
      if (options.size === 0) throw new CommandError('No options provided', 2);
      const { content, done } = edited(readFileSync(file, 'utf8'), section, options, edit ?? false);
      // Whole or not at all: a portal that starts meanwhile reads the old one or the new one.
      writeFileSync(`${file}.new`, content);
      renameSync(`${file}.new`, file);
      print(...done);
    });
}

function edited(...args: Parameters<typeof editIni>) {
  try {
    return editIni(...args);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
