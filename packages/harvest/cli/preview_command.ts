import { PortolanError } from '@portolan/kernel';
import { type PreviewedRecord, type PreviewSummary, previewHarvest } from '../preview/preview.ts';
import type { ShownPreview } from '../preview/show.ts';
import { act, type HarvesterCli, HarvesterCliFailure } from './context.ts';
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
      if (options.json) yield JSON.stringify({ summary: next.value });
      else yield* summaryLines(next.value);
      return;
    }
    if (options.json) yield JSON.stringify(next.value.record);
    else yield* linesOf(next.value.record);
  }
}

/** `harvester preview --no-wait`: a worker does it. */
export async function requestPreviewCommand(
  cli: HarvesterCli,
  reference: string,
  limit: number,
): Promise<string[]> {
  const { id } = await sourceNamed(cli, reference);
  const preview: ShownPreview = await act(cli, 'harvest_source_preview', {
    id,
    wait: false,
    ...(Number.isFinite(limit) ? { limit } : {}),
  });
  return [standingLine(preview)];
}

/**
 * `harvester preview --show`: a preview that a worker does, or the newest one of a source, as far as it has come.
 * @throws HarvesterCliFailure after all that is known, when it failed or was aborted
 */
export async function* showPreviewCommand(
  cli: HarvesterCli,
  reference: string,
  options: { json: boolean; limit: number; action?: string; offset?: number },
): AsyncGenerator<string> {
  const page = 1000;
  const first = options.offset ?? 0;
  let id = reference;
  for (let offset = first; ; offset += page) {
    const { records, ...preview }: ShownPreview = await act(cli, 'harvest_preview_show', {
      id,
      offset,
      limit: Math.min(page, first + options.limit - offset),
      action: options.action,
    }).catch(unknownPreview);
    // While it is read, a newer one of the source may begin.
    id = preview.id;
    if (offset === first && !options.json) yield standingLine(preview);
    for (const record of records)
      if (options.json) yield JSON.stringify(record);
      else yield* linesOf(record, options.action !== undefined);
    if (records.length === page && offset + page < first + options.limit) continue;
    if (options.json) yield JSON.stringify(preview);
    else if (preview.state === 'finished') yield* summaryLines(preview.summary);
    if (preview.state === 'failed') throw new HarvesterCliFailure(`The preview has failed: ${preview.error}`);
    if (preview.state === 'aborted') throw new HarvesterCliFailure('The preview was aborted');
    return;
  }
}

/** `harvester preview --abort` */
export async function abortPreviewCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  return [standingLine(await act(cli, 'harvest_preview_abort', { id: reference }).catch(unknownPreview))];
}

function unknownPreview(error: unknown): never {
  if (error instanceof PortolanError && error.code === 'notFound')
    throw new HarvesterCliFailure('Preview not found.');
  throw error;
}

const standingLine = ({ id, state, summary }: Omit<ShownPreview, 'records'>): string =>
  `Preview ${id}: ${state}, ${countLine(summary)}`;

const countLine = ({ gather_errors, complete, held, ...counts }: PreviewSummary): string =>
  Object.entries(counts)
    .map(([action, count]) => `${action}: ${count}`)
    .join(', ');

function* summaryLines(summary: PreviewSummary): Generator<string> {
  for (const message of summary.gather_errors) yield `gather error: ${message}`;
  yield countLine(summary);
  if (!summary.complete) yield 'The listing was not read to its end: nothing would be deleted';
  if (summary.held) yield 'The deletions would be held back';
}

function* linesOf(record: PreviewedRecord, all = false): Generator<string> {
  const { guid, title, action, reason, changes, problems } = record;
  if (action === 'unchanged' && !all) return;
  yield `${action}\t${guid}\t${title ?? ''}\t${reason}`;
  for (const { field, before, after } of changes)
    yield `\t${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  for (const { message, line } of problems) yield `\t${line ? `line ${line}: ` : ''}${message}`;
}
