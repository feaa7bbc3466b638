import { writeFileSync } from 'node:fs';
import { copyCkan, remoteCkan } from '@portolan/adopt';
import { workOffBacklog } from '@portolan/catalogue';
import { siteFetcher } from '@portolan/harvest';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { portalUser } from '../portal_user.ts';
import { type GlobalOptions, withSite } from '../session.ts';

export interface FromOptions {
  from?: string;
  token?: string;
  files: boolean;
  report?: string;
  json?: boolean;
}

/** `portolan import --from URL`: another CKAN, as far as its API shows it. */
export function importFrom(program: Command, options: FromOptions & { from: string }): Promise<void> {
  if (!URL.canParse(options.from)) throw new CommandError(`${options.from} is no address`, 2);
  return withSite(program.opts<GlobalOptions>(), async ({ site }) => {
    if (site.gate.closed) throw new CommandError('The site is in read-only mode', 4);
    const fetcher = siteFetcher(site);
    try {
      const remote = remoteCkan(options.from, options.token, fetcher);
      const user = await portalUser(site);
      const report = await copyCkan(site, remote, { user, files: options.files }, tell);
      await workOffBacklog(site, () => true);
      if (options.report) writeFileSync(options.report, `${JSON.stringify(report, null, 1)}\n`);
      if (options.json) printJson(report);
      else {
        for (const kind of ['users', 'organizations', 'groups', 'datasets'] as const) {
          const { created, updated, unchanged, rejected } = report[kind];
          print(
            `${kind}: created ${created}, updated ${updated}, unchanged ${unchanged}, rejected ${rejected}`,
          );
        }
        const { equal, different, missing } = report.verified;
        print(`files: copied ${report.files.copied}, missing ${report.files.missing}`);
        print(`compared: ${equal} equal, ${different.length} different, ${missing.length} missing`);
        for (const { name, paths } of different.slice(0, 10))
          print(`  ${name} ${paths.slice(0, 3).join('; ')}`);
        for (const { kind, name, error } of report.refused.slice(0, 10))
          print(`  refused ${kind} ${name}: ${JSON.stringify(error)}`);
      }
      if (report.refused.length + report.verified.different.length + report.verified.missing.length > 0)
        throw new CommandError('Not everything is here as it is there; --report FILE tells all of it');
    } finally {
      await fetcher.close();
    }
  });
}

function tell(what: string, done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what} ${done}`);
}
