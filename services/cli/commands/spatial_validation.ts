import { createWriteStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Site } from '@portolan/catalogue';
import { HarvesterCliFailure } from '@portolan/harvest';
import { documentFindings, invalidRecords } from '@portolan/harvest/validation';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { csvLine, print } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `ckan spatial-validation …`: which spatial records do not validate. */
export function spatialValidationCommand(program: Command): void {
  const group = program.command('spatial-validation').description('validation of spatial records');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), async ({ site }) => {
      try {
        await work(site);
      } catch (error) {
        throw error instanceof HarvesterCliFailure ? new CommandError(error.message) : error;
      }
    });
  group
    .command('report')
    .description('the harvested records that do not validate, and why')
    .argument('[id_or_name]', 'of a dataset; all without it')
    .action((dataset?: string) => on((site) => report(site, dataset)));
  group
    .command('report-csv')
    .description('the same as a CSV file')
    .argument('<file>')
    .action((file: string) => on((site) => reportToFile(site, file)));
  group
    .command('file')
    .description('whether a file on this machine validates')
    .argument('<file>')
    .action((file: string) => on((site) => validateFile(site, file)));
}

async function report(site: Site, dataset: string | undefined): Promise<void> {
  for await (const { dataset: name, source, guid, object, findings } of invalidRecords({ site }, dataset)) {
    print(`Dataset: ${name}`, `\tsource: ${source}`, `\tguid: ${guid}`, `\tobject: ${object}`);
    print(...findings.map((finding) => `\t${finding}`), '');
  }
}

const reportToFile = (site: Site, file: string): Promise<void> =>
  pipeline(async function* () {
    yield `${csvLine(['dataset', 'source', 'guid', 'object', 'errors'])}\n`;
    for await (const { dataset, source, guid, object, findings } of invalidRecords({ site }))
      yield `${csvLine([dataset, source, guid, object, findings.join('\n')])}\n`;
  }, createWriteStream(file));

async function validateFile({ config }: Site, file: string): Promise<void> {
  if (!existsSync(file)) throw new CommandError(`Filepath ${file} not found`);
  const findings = documentFindings(await readFile(file), config.validatorProfiles);
  print(`File: '${file}'`, `Valid: ${findings.length === 0 ? 'True' : 'False'}`);
  if (findings.length > 0) print('Errors:', ...findings.map((finding) => `\t${finding}`));
}
