import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { allDatasets, type Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { Command } from 'commander';
import { act } from '../act.ts';
import { CommandError } from '../environment.ts';
import { csvLine, print, printJson } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `ckan dataset …`: datasets by id or name. */
export function datasetCommand(program: Command): void {
  const dataset = program.command('dataset').description('datasets');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));
  dataset
    .command('list')
    .description('every dataset, whatever its state')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean }) => on((site) => list(site, options.json)));
  dataset
    .command('show')
    .description('one dataset, as package_show answers it')
    .argument('<id_or_name>')
    .action((reference: string) => on(async (site) => printJson(await show(site, reference))));
  dataset
    .command('trace')
    .description('where a harvested dataset comes from, link by link, and the first that does not hold')
    .argument('<id_or_name>')
    .option('--json', 'as harvest_dataset_trace answers it')
    .action((reference: string, options: { json?: boolean }) =>
      on((site) => trace(site, reference, options.json)),
    );
  dataset
    .command('delete')
    .description('delete datasets softly: they can be undeleted')
    .argument('[id_or_name]')
    .option('--file <file>', 'ids or names, one a line; `-` is standard input')
    .option('--dry-run', 'only say what would be deleted')
    .action((reference: string | undefined, options: { file?: string; dryRun?: boolean }) =>
      on((site) => eachOf(reference, options.file, (one) => deleteOne(site, one, options.dryRun))),
    );
  dataset
    .command('undelete')
    .description('bring a deleted dataset back as it was')
    .argument('[id_or_name]')
    .option('--file <file>', 'ids or names, one a line; `-` is standard input')
    .action((reference: string | undefined, options: { file?: string }) =>
      on((site) =>
        eachOf(reference, options.file, async (one) => {
          const before = await show(site, one);
          const after = await act(site, 'dataset_undelete', { id: before.id });
          print(`${before.name} ${before.state} -> ${after?.state ?? 'active'}`);
        }),
      ),
    );
  dataset
    .command('purge')
    .description('remove a dataset for ever')
    .argument('<id_or_name>')
    .action((reference: string) =>
      on(async (site) => {
        const { id, name } = await show(site, reference);
        await act(site, 'dataset_purge', { id });
        print(`${name} purged`);
      }),
    );
  dataset
    .command('export')
    .description('datasets in every state: name, title, url, state, num_resources')
    .option('--org <id_or_name>', 'only of this organisation')
    .option('--csv', 'as CSV, which is the usual form')
    .option('--json', 'one JSON object a line')
    .action((options: { org?: string; json?: boolean }) =>
      on((site) => exportRows(site, options.org, options.json)),
    );
}

/** @throws CommandError in CKAN's words when there is no such dataset */
// biome-ignore lint/suspicious/noExplicitAny: a dataset as package_show answers it
async function show(site: Site, reference: string): Promise<any> {
  try {
    return await act(site, 'package_show', { id: reference });
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound')
      throw new CommandError(`Could not find dataset matching reference: ${reference}`, 3);
    throw error;
  }
}

/** A line a link; the exit code is 1 when one is broken. */
async function trace(site: Site, reference: string, json: boolean | undefined): Promise<void> {
  const { id } = await show(site, reference);
  const traced = await act(site, 'harvest_dataset_trace', { id });
  if (json) printJson(traced);
  else
    for (const { link, broken, time, hash, reason, url, id: of } of traced.links)
      print(
        [link, broken ? `BROKEN: ${broken}` : 'ok', of, time, hash, reason, url]
          .map((cell) => cell ?? '-')
          .join('\t'),
      );
  if (traced.broken) throw new CommandError(`First broken link: ${traced.broken}`);
}

async function list(site: Site, json: boolean | undefined): Promise<void> {
  const { count, rows } = await allDatasets(site.db);
  if (!json) print('Datasets:', `count = ${count}`);
  for await (const { id, name, state } of rows)
    print(
      json ? JSON.stringify({ id, name, state }) : `${id} ${name}${state === 'active' ? '' : ` (${state})`}`,
    );
}

async function deleteOne(site: Site, reference: string, dry: boolean | undefined): Promise<void> {
  const { id, name, state } = await show(site, reference);
  if (!dry) await act(site, 'package_delete', { id });
  print(`${name} ${state} -> deleted${dry ? ' (not done)' : ''}`);
}

/**
 * The one that was named, or each line of a file. What fails is told, the others are done all the same.
 * @throws CommandError at the end when one has failed
 */
async function eachOf(
  reference: string | undefined,
  file: string | undefined,
  work: (reference: string) => Promise<void>,
): Promise<void> {
  if ((reference === undefined) === (file === undefined))
    throw new CommandError('Name one dataset, or a file of them with --file', 2);
  if (reference !== undefined) return work(reference);
  let failed = 0;
  const input = file === '-' ? process.stdin : createReadStream(file!);
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    try {
      await work(line.trim());
    } catch (error) {
      failed++;
      process.stderr.write(`${line.trim()}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (failed > 0) throw new CommandError(`${failed} failed`);
}

const exported = ['name', 'title', 'url', 'state', 'num_resources'] as const;

async function exportRows(
  site: Site,
  organization: string | undefined,
  json: boolean | undefined,
): Promise<void> {
  const id = organization && (await act(site, 'organization_show', { id: organization })).id;
  const { rows } = await allDatasets(site.db, id);
  if (!json) print(csvLine(exported));
  for await (const row of rows) {
    const cells = exported.map((column) => row[column]);
    print(
      json
        ? JSON.stringify(Object.fromEntries(exported.map((column, at) => [column, cells[at]])))
        : csvLine(cells),
    );
  }
}
