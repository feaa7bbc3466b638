import { type AuditEntry, asciiJson, listAudit, verifyAudit } from '@portolan/catalogue';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

const page = 1000;

interface ListOptions {
  user?: string;
  dataset?: string;
  since?: string;
  limit: string;
  json?: boolean;
}

/** `portolan audit list` and `portolan audit verify`: who wrote what, and whether that record is whole. */
export function auditCommand(program: Command): void {
  const audit = program.command('audit').description('the log of every write');
  audit
    .command('list')
    .description('print entries, the latest first')
    .option('--user <user>', 'only of this account, by id or name')
    .option('--dataset <dataset>', 'only about this dataset, by id or name')
    .option('--since <moment>', 'only from this moment on, UTC, such as 2026-05-06T07:08')
    .option('--limit <entries>', 'at most so many', '100')
    .option('--json', 'one JSON object a line')
    .action((options: ListOptions) => list(program, options));
  audit
    .command('verify')
    .description('check the chain: edited, removed and exchanged rows are found')
    .option('--anchor <anchor>', 'what an earlier run printed, kept elsewhere')
    .action((options: { anchor?: string }) => verify(program, options.anchor));
}

async function list(program: Command, options: ListOptions): Promise<void> {
  const wanted = Number(options.limit);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new CommandError(`--limit is not a number: ${options.limit}`, 2);
  const { since } = options;
  if (since !== undefined && Number.isNaN(Date.parse(since)))
    throw new CommandError(`--since is not a moment: ${since}`, 2);
  await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
    let before: number | undefined;
    for (let left = wanted; left > 0; ) {
      const limit = Math.min(left, page);
      const filter = { user: options.user, concerns: options.dataset, since, before, limit };
      const entries = await listAudit(site.db, filter);
      for (const entry of entries)
        process.stdout.write(`${options.json ? asciiJson(entry) : lineOf(entry)}\n`);
      before = entries.at(-1)?.position;
      if (entries.length < limit) return;
      left -= entries.length;
    }
  });
}

const lineOf = (entry: AuditEntry): string =>
  [
    entry.at,
    entry.via,
    entry.user_name ?? '-',
    entry.address ?? '-',
    entry.action,
    entry.outcome,
    entry.concerns.join(',') || '-',
  ].join('  ');

async function verify(program: Command, anchor: string | undefined): Promise<void> {
  const verdict = await withSite(program.opts<GlobalOptions>(), ({ site }) => verifyAudit(site.db, anchor));
  for (const { position, problem } of verdict.faults) process.stderr.write(`row ${position}: ${problem}\n`);
  if (verdict.faults.length > 0) throw new CommandError('The audit log has been tampered with', 1);
  process.stdout.write(`${verdict.rows} entries, whole\nanchor ${verdict.anchor}\n`);
}
