import { createInterface } from 'node:readline/promises';
import {
  abortJobCommand,
  createJobCommand,
  createSourceCommand,
  freezeSourceCommand,
  type HarvesterCli,
  HarvesterCliFailure,
  JobRunning,
  listJobsCommand,
  listSourcesCommand,
  purgeQueuesCommand,
  removeSourceCommand,
  reportCommand,
  runCommand,
  runTestCommand,
  showSourceCommand,
  unfreezeSourceCommand,
  withHarvestSite,
} from '@portolan/harvest';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { runWorker } from '../worker.ts';
import { upgradeDatabase } from './db.ts';
import { operatorCommands } from './harvester_operator.ts';
import { preview, previewWords } from './harvester_preview.ts';
import { upkeepCommands } from './harvester_upkeep.ts';

interface RunTestWords {
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Runs a command's work and prints its lines. */
export type Print = (work: (cli: HarvesterCli) => Promise<string[]>) => Promise<void>;

/** `ckan harvester …`: the words that runbooks use; hyphens and the old underscores. */
export function harvesterCommand(program: Command): void {
  const harvester = program.command('harvester').description('harvest sources and jobs');
  const print: Print = (work) => withHarvester(program, work);

  const source = harvester.command('source').description('one harvest source');
  source
    .command('create')
    .description('make a source')
    .argument('<name>')
    .argument('<url>')
    .argument('<type>')
    .argument('[title]')
    .argument('[active]', 'true or false', 'true')
    .argument('[owner_org]')
    .argument('[frequency]', 'MANUAL, MONTHLY, WEEKLY, BIWEEKLY, DAILY or ALWAYS', 'MANUAL')
    .argument('[config]', 'JSON')
    .action((name, url, type, title, active, ownerOrg, frequency, config) =>
      print((cli) =>
        createSourceCommand(cli, {
          name,
          url,
          type,
          title,
          active: !/^(false|f|0|no|n)$/i.test(active),
          ownerOrg,
          frequency,
          config,
        }),
      ),
    );
  source
    .command('show')
    .description('show a source')
    .argument('<id_or_name>')
    .option('--json', 'as harvest_source_show answers it')
    .action((reference, options) => print((cli) => showSourceCommand(cli, reference, options)));
  source
    .command('remove')
    .description('switch a source off')
    .argument('<id_or_name>')
    .action((reference) => print((cli) => removeSourceCommand(cli, reference)));

  source
    .command('freeze')
    .description('make no more jobs of a source')
    .argument('<id_or_name>')
    .option('-r, --reason <text>', 'shown to who tries to harvest it', '')
    .action((reference, { reason }) => print((cli) => freezeSourceCommand(cli, reference, reason)));
  source
    .command('unfreeze')
    .description('let a source be harvested again')
    .argument('<id_or_name>')
    .action((reference) => print((cli) => unfreezeSourceCommand(cli, reference)));
  harvester
    .command('initdb', { hidden: true })
    .description('db upgrade, by the name that older runbooks have for it')
    .action(async () => {
      await upgradeDatabase(program);
      process.stdout.write('Initialising harvest tables: SUCCESS\n');
    });
  upkeepCommands(harvester, source, print);
  operatorCommands(harvester, print);

  harvester
    .command('sources')
    .description('list sources')
    .argument('[all]', 'any word: those that are switched off, too')
    .option('--json', 'one JSON object a line')
    .action((all, { json }) => print((cli) => listSourcesCommand(cli, { all: all !== undefined, json })));
  harvester
    .command('job')
    .description('harvest a source now')
    .argument('<id_or_name>', 'of the source')
    .action((reference) => print((cli) => createJobCommand(cli, reference)));
  harvester
    .command('jobs')
    .description('list jobs, the newest first')
    .argument('[id_or_name]', 'of a source')
    .option('--json', 'one JSON object a line')
    .action((source, { json }) => print((cli) => listJobsCommand(cli, { source, json })));
  harvester
    .command('report')
    .description('say how a job went: what came of its records, and every error')
    .argument('<id_or_name>', 'of the job, or of a source for its newest job')
    .option('--json', 'as harvest_job_report answers it')
    .action((reference, options) => print((cli) => reportCommand(cli, reference, options)));
  harvester
    .command('job-abort')
    .alias('job_abort')
    .description('end a job, or the newest job of a source')
    .argument('<id_or_name>')
    .action((reference) => print((cli) => abortJobCommand(cli, reference)));
  harvester
    .command('run')
    .description('start what is due and end what is done')
    .action(() => print(runCommand));
  harvester
    .command('run-test')
    .alias('run_test')
    .description('harvest a source in this process; it writes for real')
    .argument('<id_or_name>', 'of the source')
    .argument('[force_import]', 'force-import=GUID,…: only these, changed or not')
    .option('-y, --yes', 'end a job that runs already without asking')
    .option('--dry-run', 'only say what it would do, as preview does')
    .option('--json', 'the job as JSON; with --dry-run one object a line')
    .action((reference: string, forced: string | undefined, options: RunTestWords) =>
      options.dryRun
        ? preview(print, reference, { json: options.json ?? false })
        : print((cli) => runTest(cli, reference, forced, options)),
    );
  previewWords(harvester, print);
  for (const [name, part] of [
    ['gather-consumer', 'gather_consumer'],
    ['fetch-consumer', 'fetch_consumer'],
  ] as const)
    harvester
      .command(name)
      .alias(part)
      .description('run a harvest worker until it is told to stop')
      .action(() => consume(program));
  harvester
    .command('purge-queues')
    .alias('purge_queues')
    .description('forget all harvest work that waits')
    .action(() => print(purgeQueuesCommand));
}

/** Either consumer does gathering and importing alike: the queues are shared, and one more of either is one more of both. */
const consume = (program: Command): Promise<void> =>
  runWorker(program.opts<GlobalOptions>(), async (opened, onSilence) => {
    const { runHarvester } = await import('@portolan/service-harvester');
    return runHarvester(opened, ['harvester'], { onSilence });
  });

async function runTest(
  cli: HarvesterCli,
  reference: string,
  forced: string | undefined,
  { yes = false, json = false }: RunTestWords,
): Promise<string[]> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new CommandError('Interrupted')));
  const forceImport = forced?.replace(/^force-import=/, '');
  const options = { signal: stop.signal, json, ...(forceImport === undefined ? {} : { forceImport }) };
  try {
    return await runTestCommand(cli, reference, { ...options, abortRunning: yes });
  } catch (error) {
    if (!(error instanceof JobRunning) || !(await confirmed(error.message))) throw error;
    return runTestCommand(cli, reference, { ...options, abortRunning: true });
  }
}

/** Without a terminal nobody can answer: that is a no. */
async function confirmed(message: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${message} Abort it? (y/n) `)).trim().toLowerCase() === 'y';
  } finally {
    terminal.close();
  }
}

async function withHarvester(
  program: Command,
  work: (cli: HarvesterCli) => Promise<string[]>,
): Promise<void> {
  await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
    try {
      const lines = await withHarvestSite(site, (harvest) => work({ site, harvest }));
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    } catch (error) {
      throw error instanceof HarvesterCliFailure ? new CommandError(error.message) : error;
    }
  });
}
