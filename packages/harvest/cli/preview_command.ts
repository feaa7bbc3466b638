import { type PreviewedRecord, previewHarvest } from '../preview/preview.ts';
import type { HarvesterCli } from './context.ts';
import { sourceNamed } from './source_commands.ts';

/**
 * `harvester preview`, and `run-test --dry-run`: what a harvest would do, a line each time something is known. Records that
 * would stay as they are are only counted.
 */
export async function* previewCommand(
  cli: HarvesterCli,
  reference: string,
  options: { json: boolean; limit: number; signal: AbortSignal },
): AsyncGenerator<string> {
  const source = await sourceNamed(cli, reference);
  const preview = previewHarvest(cli.harvest, source, options);
  for (;;) {
    const next = await preview.next();
    if (next.done) {
      const { gather_errors: errors, complete, held, ...counts } = next.value;
      if (options.json) yield JSON.stringify({ summary: next.value });
      else {
        for (const message of errors) yield `gather error: ${message}`;
        yield Object.entries(counts)
          .map(([action, count]) => `${action}: ${count}`)
          .join(', ');
        if (!complete) yield 'The listing was not read to its end: nothing would be deleted';
        if (held) yield 'The deletions would be held back';
      }
      return;
    }
    if (options.json) yield JSON.stringify(next.value);
    else yield* linesOf(next.value);
  }
}

function* linesOf(record: PreviewedRecord): Generator<string> {
  const { guid, title, action, reason, changes, problems } = record;
  if (action === 'unchanged') return;
  yield `${action}\t${guid}\t${title ?? ''}\t${reason}`;
  for (const { field, before, after } of changes)
    yield `\t${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  for (const { message, line } of problems) yield `\t${line ? `line ${line}: ` : ''}${message}`;
}
