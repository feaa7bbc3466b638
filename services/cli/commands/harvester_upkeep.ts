import {
  abortFailedCommand,
  cleanLogCommand,
  clearHistoryCommand,
  clearSourceCommand,
  createAllJobsCommand,
  infoCommand,
  reimportCommand,
  reindexCommand,
  removeSourceCommand,
} from '@portolan/harvest';
import type { Command } from 'commander';
import type { Print } from './harvester.ts';

interface ImportOptions {
  joinDatasets: boolean;
  harvestObjectId?: string;
  packageId?: string;
  guid?: string;
  segments?: string;
}

interface HistoryOptions {
  keepCurrent?: string;
  keepJobs?: string;
}

const kept = ({ keepCurrent, keepJobs }: HistoryOptions) => ({
  current: Boolean(keepCurrent),
  ...(keepJobs === undefined ? {} : { jobs: keepJobs }),
});

/** `ckan harvester …` for clearing up, importing again and looking after. */
export function upkeepCommands(harvester: Command, source: Command, print: Print): void {
  source
    .command('clear')
    .description('take away all datasets, records and jobs of a source')
    .argument('<id_or_name>')
    .action((reference: string) => print((cli) => clearSourceCommand(cli, reference)));
  source
    .command('clear-history')
    .alias('clear_history')
    .description('take away the jobs and records of a source, or of all; datasets stay')
    .argument('[id_or_name]')
    .option('-k, --keep-current <any>', 'keep the records that datasets are made of')
    .option('--keep-jobs <number>', 'keep so many of the newest finished jobs')
    .action((reference: string | undefined, options: HistoryOptions) =>
      print((cli) => clearHistoryCommand(cli, reference, kept(options))),
    );
  for (const [old, command] of [
    ['rmsource', removeSourceCommand],
    ['clearsource', clearSourceCommand],
  ] as const)
    harvester
      .command(old, { hidden: true })
      .argument('<id_or_name>')
      .action((reference: string) => print((cli) => command(cli, reference)));
  harvester
    .command('clearsource_history', { hidden: true })
    .argument('[id_or_name]')
    .option('-k, --keep-current <any>')
    .action((reference: string | undefined, options: HistoryOptions) =>
      print((cli) => clearHistoryCommand(cli, reference, kept(options))),
    );
  harvester
    .command('job-all')
    .alias('job_all')
    .description('harvest every active source now')
    .action(() => print(createAllJobsCommand));
  harvester
    .command('abort-failed-jobs')
    .alias('abort_failed_jobs')
    .description('end jobs that have run for too long')
    .argument('[days]', 'of life of a job whose source has no schedule')
    .option('-i, --include <ids>', 'only jobs of these sources, with commas between')
    .option('-e, --exclude <ids>', 'no jobs of these sources')
    .action((days: string | undefined, { include, exclude }: { include?: string; exclude?: string }) =>
      print((cli) => abortFailedCommand(cli, { days, include, exclude })),
    );
  harvester
    .command('import')
    .description('import stored records again')
    .argument('[id_or_name]', 'of a source')
    .option('-j, --no-join-datasets', 'also records whose dataset is not active')
    .option('-o, --harvest-object-id <id>')
    .option('-p, --package-id <id_or_name>')
    .option('-g, --guid <guid>')
    .option('--segments <hex>', 'only records whose id’s MD5 begins with one of these digits')
    .action((reference: string | undefined, options: ImportOptions) =>
      print((cli) =>
        reimportCommand(cli, {
          joinDatasets: options.joinDatasets,
          ...(reference === undefined ? {} : { source: reference }),
          ...(options.harvestObjectId === undefined ? {} : { objectId: options.harvestObjectId }),
          ...(options.packageId === undefined ? {} : { packageId: options.packageId }),
          ...(options.guid === undefined ? {} : { guid: options.guid }),
          ...(options.segments === undefined ? {} : { segments: options.segments }),
        }),
      ),
    );
  harvester
    .command('reindex')
    .description('make the index entries of all sources anew')
    .action(() => print(reindexCommand));
  harvester
    .command('harvesters_info')
    .description('the types a source may have')
    .action(() => print(infoCommand));
  harvester
    .command('clean-harvest-log')
    .alias('clean_harvest_log')
    .description('forget old log lines')
    .action(() => print(cleanLogCommand));
}
