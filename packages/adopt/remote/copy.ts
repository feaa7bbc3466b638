import { type ImportOptions, importDatasets, type Site } from '@portolan/catalogue';
import { type RemoteCkan, remoteDatasets } from './client.ts';
import { copyFiles } from './copy_files.ts';
import { copyGroups } from './copy_groups.ts';
import { copyUsers } from './copy_users.ts';
import { copyVocabularies } from './copy_vocabularies.ts';
import { portableDataset } from './portable.rules.ts';
import { type CopyReport, count, newReport } from './report.ts';
import { verify } from './verify.ts';

export interface CopyOptions extends ImportOptions {
  /** Also the files that were uploaded there. */
  files: boolean;
}

/**
 * Copies another CKAN over its API: people as far as the token shows their addresses, organisations and groups with
 * their hierarchy, datasets, uploaded files. Ids stay. What is here and says the same is left alone, so that a copy
 * that broke off is taken up by running it again. At the end everything is compared object by object.
 */
export async function copyCkan(
  site: Site,
  remote: RemoteCkan,
  options: CopyOptions,
  progress: (what: string, done: number) => void,
): Promise<CopyReport> {
  const report = newReport();
  const people = await copyUsers(site, remote, options, report);
  for (const kind of ['organization', 'group'] as const) {
    await copyGroups(site, remote, kind, people, options, report);
    progress(`${kind}s`, report[`${kind}s`].created);
  }
  const vocabularies = await copyVocabularies(site, remote);
  let done = 0;
  for await (const batch of remoteDatasets(remote)) {
    const objects = batch.map((dataset) => portableDataset(dataset, vocabularies));
    const lines = objects.map((object, at) => ({ number: done + at, object }));
    count(report, 'datasets', objects, await importDatasets(site, lines, options));
    if (options.files) await copyFiles(site, remote, batch, options, report);
    await verify(site, objects, report);
    done += batch.length;
    progress('datasets', done);
  }
  return report;
}
