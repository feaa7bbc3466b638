import {
  abortPreviewCommand,
  previewCommand,
  requestPreviewCommand,
  showPreviewCommand,
} from '@portolan/harvest';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import type { Print } from './harvester.ts';

interface PreviewWords {
  limit?: string;
  offset?: string;
  action?: string;
  json?: boolean;
  wait: boolean;
  /** An id, or true for the newest of the source. */
  show?: string | true;
  abort?: string | true;
}

/** `harvester preview …`: what a harvest would do, at once or by a worker. */
export function previewWords(harvester: Command, print: Print): void {
  harvester
    .command('preview')
    .description('say what a harvest would do, record by record; it changes nothing')
    .argument('[id_or_name]', 'of the source')
    .option('--no-wait', 'have a worker do it')
    .option(
      '--show [id]',
      'say what a preview that a worker does, or the newest of the source, has found so far',
    )
    .option('--abort [id]', 'end a preview that a worker does, or the newest of the source')
    .option('--action <word>', 'with --show: only records to create, update, delete, unchanged, or error')
    .option('--offset <number>', 'with --show: leave out so many records')
    .option('--limit <number>', 'most records that are looked at, or shown')
    .option('--json', 'one JSON object a line')
    .action((source: string | undefined, { wait, show, abort, action, ...options }: PreviewWords) => {
      const given = abort ?? show;
      const reference = typeof given === 'string' ? given : source;
      if (reference === undefined) throw new CommandError("missing required argument 'id_or_name'", 2);
      const limit = numberOf('--limit', options.limit, Number.POSITIVE_INFINITY, 1);
      const offset = numberOf('--offset', options.offset, 0, 0);
      const json = options.json ?? false;
      if (abort) return print((cli) => abortPreviewCommand(cli, reference));
      if (show)
        return printPreview(print, (cli) =>
          showPreviewCommand(cli, reference, { json, limit, offset, ...(action ? { action } : {}) }),
        );
      if (!wait) return print((cli) => requestPreviewCommand(cli, reference, limit));
      return preview(print, reference, { limit, json });
    });
}

/** Prints each line when it is known: a long source takes its time. */
export function preview(
  print: Print,
  reference: string,
  { limit = Number.POSITIVE_INFINITY, json }: { limit?: number; json: boolean },
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new CommandError('Interrupted')));
  return printPreview(print, (cli) => previewCommand(cli, reference, { json, limit, signal: stop.signal }));
}

const printPreview = (
  print: Print,
  lines: (cli: Parameters<Parameters<Print>[0]>[0]) => AsyncIterable<string>,
): Promise<void> =>
  print(async (cli) => {
    for await (const line of lines(cli)) process.stdout.write(`${line}\n`);
    return [];
  });

function numberOf(option: string, text: string | undefined, otherwise: number, least: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!(number >= least)) throw new CommandError(`${option} wants a number from ${least} on`, 2);
  return number;
}
