import { writeFileSync } from 'node:fs';
import { type Adoption, adoptDatabase, type Plan, planAdoption, undoAdoption } from '@portolan/adopt';
import { openDatabase } from '@portolan/db';
import { createLogger, loadConfig, silentLogger } from '@portolan/kernel';
import { openSite } from '@portolan/site';
import type { Command } from 'commander';
import { CommandError, commandEnvironment } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { confirm } from '../prompt.ts';
import type { GlobalOptions } from '../session.ts';

interface Options {
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
  undo?: boolean;
  report?: string;
}

/** `portolan adopt`: a database that CKAN made becomes this portal's, and can go back. */
export function adoptCommand(program: Command): void {
  program
    .command('adopt')
    .description('take over the database of a CKAN 2.10 or 2.11, in place or restored from a dump')
    .option('--dry-run', 'only say what would be done')
    .option('--yes', 'without asking')
    .option('--undo', 'give the database back to CKAN: everything of ours is removed')
    .option('--report <file>', 'write everything that was done, with the rows that were changed, as JSON')
    .option('--json', 'print plan and result as JSON')
    .action((options: Options) => adopt(program, options));
}

async function adopt(program: Command, options: Options): Promise<void> {
  const { data, config: file } = program.opts<GlobalOptions>();
  const env = commandEnvironment(data, file);
  const config = loadConfig({ env, ...(file ? { file } : {}) });
  const db = openDatabase({
    url: config.databaseUrl,
    application: 'ckan-cli',
    poolSize: 2,
    logger: silentLogger,
  });
  try {
    if (options.undo) return await undo(db, options);
    const plan = await planAdoption(db);
    if (options.json) printJson({ plan });
    else printPlan(plan);
    if (plan.refusals.length > 0) throw new CommandError(plan.refusals.join('\n'));
    if (plan.survey.kind === 'adopted' || options.dryRun) return;
    if (!options.yes && !(await confirm('Adopt this database?', '--yes'))) throw new CommandError('Aborted!');
    const logger = createLogger({ service: 'cli', level: 'warn' });
    const open = async () => {
      const { site, close } = await openSite({ service: 'cli', env, ...(file ? { file } : {}), logger });
      return { site, close };
    };
    const adoption = await adoptDatabase(db, config, open, logger, progressLine());
    if (options.report) await writeReport(db, options.report, adoption);
    if (options.json) printJson({ adoption });
    else print('', `Adopted: ${adoption.indexed} datasets indexed`);
  } finally {
    await db.close();
  }
}

type Db = ReturnType<typeof openDatabase>;

async function undo(db: Db, options: Options): Promise<void> {
  const question = 'This removes everything of this portal from the database; CKAN’s own tables stay. Go on?';
  if (!options.yes && !(await confirm(question, '--yes'))) throw new CommandError('Aborted!');
  const kept = await undoAdoption(db);
  if (options.report) writeFileSync(options.report, `${JSON.stringify(kept, null, 1)}\n`);
  print(`Given back to CKAN; the clean-up had touched ${kept.length} rows`);
}

async function writeReport(db: Db, file: string, adoption: Adoption): Promise<void> {
  const rows = await db.rows('SELECT step, "table", before FROM portolan.adoption_row ORDER BY id');
  writeFileSync(file, `${JSON.stringify({ ...adoption, rows }, null, 1)}\n`);
}

function printPlan({ survey, warnings, additions, cleanups }: Plan): void {
  print(
    `The database is ${{ adopted: 'adopted already', ckan: 'CKAN’s', empty: 'empty', unknown: 'somebody else’s' }[survey.kind]}`,
  );
  if (survey.kind !== 'ckan') return;
  for (const [table, revision] of Object.entries(survey.revisions)) print(`  ${table}: ${revision}`);
  print(`  ${survey.datasets} datasets`);
  for (const warning of warnings) print(`Warning: ${warning}`);
  const { tables, columns, indexes } = additions;
  print('To be added to CKAN’s tables:');
  print(
    ...tables.map((name) => `  table ${name}`),
    ...columns.map(({ table, column }) => `  column ${table}.${column}`),
    ...indexes.map(({ name }) => `  index ${name}`),
    '  column harvest_source.name, indexes portolan_*, triggers, and the schema portolan',
  );
  if (cleanups.length > 0) print('To be cleaned up; every row that is touched is kept as it was:');
  for (const { what, rows } of cleanups) print(`  ${rows}: ${what}`);
}

/** A line that is written over on a terminal, a line a step elsewhere. */
function progressLine() {
  let last = '';
  return (step: string, done: number, total?: number): void => {
    const counted = total === undefined ? (done > 0 ? ` ${done}` : '') : ` ${done}/${total}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step}${counted}`);
    else if (step !== last) process.stderr.write(`${step}\n`);
    last = step;
  };
}
