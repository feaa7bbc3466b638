import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import {
  findAction,
  type ImportOptions,
  type ImportOutcome,
  importDatasets,
  importObjects,
  refreshStatistics,
  refusalOf,
  type Site,
  workOffBacklog,
} from '@portolan/catalogue';
import { invalidMessage } from '@portolan/kernel';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { BadLine, jsonLines, type ReadLine } from '../json_lines.ts';
import { print, printJson } from '../output.ts';
import { overlapping } from '../overlapping.ts';
import { portalUser } from '../portal_user.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { type FromOptions, importFrom } from './import_from.ts';

const kinds = { datasets: 'package', organizations: 'organization', groups: 'group', users: 'user' } as const;
type Kind = keyof typeof kinds;

interface Options {
  rejects: string;
  createOnly?: boolean;
  updateOnly?: boolean;
  index: boolean;
  json?: boolean;
}

const counted = ['created', 'updated', 'unchanged', 'skipped', 'rejected'] as const;
type Counts = Record<(typeof counted)[number], number>;

/** Lines that are written in one transaction. */
const batchSize = 200;

/** `portolan import KIND FILE`: the JSON lines of `ckanapi dump`, straight into the database. */
export function importCommand(program: Command): void {
  program
    .command('import')
    .description(
      'make or update datasets, organizations, groups or users from JSON lines, as `ckanapi load` does',
    )
    .argument('[kind]', `${Object.keys(kinds).join(', ')}; not with --from`)
    .argument('[file]', 'JSON lines, may be .gz; `-` is standard input', '-')
    .option('--create-only', 'leave what is there already')
    .option('--update-only', 'make nothing that is not there')
    .option('--rejects <file>', 'lines that were refused, with number and reason', 'rejects.jsonl')
    .option('--no-index', 'leave the index to a running portal')
    .option('--json', 'print the counts as JSON')
    .option('--from <url>', 'copy another CKAN over its API instead')
    .option('--token <token>', 'of a sysadmin there, for people and what is private')
    .option('--no-files', 'leave the uploaded files there')
    .option('--report <file>', 'with --from: everything that was done and compared, as JSON')
    .action((kind: string | undefined, file: string, options: Options & FromOptions) => {
      if (options.from) return importFrom(program, { ...options, from: options.from });
      if (!kind) throw new CommandError('Say what kind of objects, or --from', 2);
      if (!Object.hasOwn(kinds, kind)) throw new CommandError(`There is no kind ${kind}`, 2);
      return withSite(program.opts<GlobalOptions>(), ({ site }) =>
        importFile(site, kind as Kind, file, options),
      );
    });
}

async function importFile(site: Site, kind: Kind, file: string, options: Options): Promise<void> {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  const rejects = new Rejects(options.rejects);
  const work = await importer(site, kind, options);
  try {
    const outcomes = overlapping(batches(jsonLines(file), batchSize), {
      // PostgreSQL works on one while the next is made ready. What is no dataset may need the line before it.
      width: kind === 'datasets' ? 3 : 1,
      follows: (batch, earlier) => sharesNames(batch, earlier),
      work: (batch) => importBatch(site, batch, work),
    });
    let growth = batchSize;
    for await (const [batch, found] of outcomes) {
      await count(batch, found, counts, rejects);
      tell(counts);
      if (counts.created < growth) continue;
      growth *= 4;
      await refreshStatistics(site);
    }
  } finally {
    await rejects.close();
  }
  // Standard output is for the counts.
  if (!options.index && counts.created + counts.updated > 0)
    process.stderr.write(
      'Not in searches yet: a running portal indexes them, see `portolan search-index status`\n',
    );
  if (options.index) await workOffBacklog(site, () => true);
  if (options.json) printJson(counts);
  else
    print(
      `${process.stderr.isTTY ? '\n' : ''}${counted.map((name) => `${name} ${counts[name]}`).join(', ')}`,
    );
  if (counts.rejected > 0)
    throw new CommandError(`${counts.rejected} lines were refused: see ${path.resolve(options.rejects)}`);
}

type Work = (lines: { number: number; object: Record<string, unknown> }[]) => Promise<ImportOutcome[]>;

async function importer(site: Site, kind: Kind, { createOnly, updateOnly }: Options): Promise<Work> {
  const options: ImportOptions = {
    user: await portalUser(site),
    ...(createOnly ? { only: 'create' as const } : updateOnly ? { only: 'update' as const } : {}),
  };
  if (kind === 'datasets') return (lines) => importDatasets(site, lines, options);
  const action = (what: string) => {
    const found = findAction(`${kinds[kind]}_${what}`);
    if (!found) throw new Error(`There is no action ${kinds[kind]}_${what}`);
    return found;
  };
  const actions = { show: action('show'), create: action('create'), update: action('update') };
  return (lines) => importObjects(site, actions, lines, options);
}

const goodLines = (batch: ReadLine[]) =>
  batch.flatMap(({ number, object }) => (object instanceof BadLine ? [] : [{ number, object }]));

/** @returns what became of the lines that are objects, by number */
async function importBatch(site: Site, batch: ReadLine[], work: Work): Promise<Map<number, ImportOutcome>> {
  if (site.gate.closed) throw new CommandError('The site is in read-only mode', 4);
  const good = goodLines(batch);
  return new Map((await work(good)).map((outcome, index) => [good[index]!.number, outcome]));
}

async function count(
  batch: ReadLine[],
  outcomes: Map<number, ImportOutcome>,
  counts: Counts,
  rejects: Rejects,
): Promise<void> {
  for (const { number, text, object } of batch) {
    const outcome: ImportOutcome =
      object instanceof BadLine ? { error: invalidMessage(object.message) } : outcomes.get(number)!;
    if (typeof outcome === 'string') counts[outcome]++;
    else {
      counts.rejected++;
      await rejects.add({ line: number, error: refusalOf(outcome.error), text });
    }
  }
}

/** Of lines about one object the last wins, so they are worked on one after the other. */
function sharesNames(batch: ReadLine[], earlier: ReadLine[]): boolean {
  const names = (lines: ReadLine[]) =>
    goodLines(lines).flatMap(({ object }) =>
      [object['id'], object['name']].filter((one) => one !== undefined),
    );
  const before = new Set(names(earlier));
  return names(batch).some((name) => before.has(name));
}

async function* batches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The file of refused lines; there is none when none is refused. */
class Rejects {
  readonly #path: string;
  #stream: WriteStream | undefined;

  constructor(file: string) {
    this.#path = file;
  }

  async add(reject: object): Promise<void> {
    this.#stream ??= createWriteStream(this.#path);
    if (!this.#stream.write(`${JSON.stringify(reject)}\n`)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    if (stream)
      await new Promise<void>((resolve, reject) => stream.once('error', reject).end(() => resolve()));
  }
}

function tell(counts: Counts): void {
  if (!process.stderr.isTTY) return;
  const done = counted.reduce((sum, name) => sum + counts[name], 0);
  process.stderr.write(`\r\u001b[K${done} lines, ${counts.rejected} refused`);
}
