import { orphanedFiles, removeOrphan } from '@portolan/catalogue';
import type { Command } from 'commander';
import { secondsOf } from '../duration.ts';
import { print } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

interface Options {
  older: string;
  remove?: boolean;
  json?: boolean;
}

/** `portolan files orphans`: what killed processes left in the store for good. */
export function filesCommand(program: Command): void {
  program
    .command('files')
    .description('uploaded files')
    .command('orphans')
    .description('list files that no dataset, organisation, group or user names')
    .option('--older <time>', 'only those stored longer ago, such as 90m or 48h', '24h')
    .option('--remove', 'remove them for good')
    .option('--json', 'one JSON object a line')
    .action((options: Options) => orphans(program, options));
}

async function orphans(program: Command, { older, remove, json }: Options): Promise<void> {
  const seconds = secondsOf(older);
  await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
    let files = 0;
    let bytes = 0;
    for await (const file of orphanedFiles(site, new Date(site.runtime.now() - seconds * 1000))) {
      if (remove) await removeOrphan(site, file);
      files += 1;
      bytes += file.size;
      const stored = file.lastModified.toISOString();
      if (json) print(JSON.stringify({ key: file.key, size: file.size, stored }));
      else print(`${file.key}\t${file.size}\t${stored}`);
    }
    // Standard output is for the files.
    process.stderr.write(`${files} files, ${bytes} bytes${remove ? ' removed' : ''}\n`);
  });
}
