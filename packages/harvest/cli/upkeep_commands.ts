import { pythonText } from '@portolan/schema';
import { forgetOldLines } from '../log/retention.ts';
import { act, type HarvesterCli } from './context.ts';
import { purgeQueuesCommand } from './job_commands.ts';
import { sourceNamed } from './source_commands.ts';

/** `harvester source clear` */
export async function clearSourceCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const { id } = await sourceNamed(cli, reference);
  await act(cli, 'harvest_source_clear', { id });
  return [`Cleared harvest source: ${reference}`];
}

/** `harvester source clear-history`: of one source, or of all; all waiting work is forgotten first, unless told to keep. */
export async function clearHistoryCommand(
  cli: HarvesterCli,
  reference: string | undefined,
  keep: { current: boolean; jobs?: string },
): Promise<string[]> {
  const params = {
    keep_current: keep.current,
    ...(keep.jobs === undefined ? {} : { keep_jobs: keep.jobs }),
  };
  if (reference !== undefined) {
    const { id } = await sourceNamed(cli, reference);
    await act(cli, 'harvest_source_job_history_clear', { id, ...params });
    return [`Cleared job history of harvest source: ${reference}`];
  }
  if (!keep.current && keep.jobs === undefined) await purgeQueuesCommand(cli);
  const cleared = await act(cli, 'harvest_sources_job_history_clear', params);
  return [`Cleared job history for all harvest sources: ${cleared.length} source(s)`];
}

export interface AbortFailedOptions {
  days: string | undefined;
  include: string | undefined;
  exclude: string | undefined;
}

/** `harvester abort-failed-jobs` */
export const abortFailedCommand = async (
  cli: HarvesterCli,
  { days, include, exclude }: AbortFailedOptions,
): Promise<string[]> => [
  await act(cli, 'harvest_abort_failed_jobs', {
    ...(days === undefined ? {} : { life_span: days }),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
  }),
];

/** `harvester job-all` */
export async function createAllJobsCommand(cli: HarvesterCli): Promise<string[]> {
  const jobs = await act(cli, 'harvest_job_create_all', {});
  return [`Created ${jobs.length} new harvest jobs`];
}

export interface ReimportOptions {
  source?: string;
  joinDatasets: boolean;
  objectId?: string;
  packageId?: string;
  guid?: string;
  segments?: string;
}

/** `harvester import`: imports stored records again. */
export async function reimportCommand(cli: HarvesterCli, options: ReimportOptions): Promise<string[]> {
  const source = options.source === undefined ? undefined : await sourceNamed(cli, options.source);
  const count = await act(cli, 'harvest_objects_import', {
    source_id: source?.id,
    harvest_object_id: options.objectId,
    package_id: options.packageId,
    guid: options.guid,
    segments: options.segments,
    join_datasets: options.joinDatasets,
  });
  return [`${count} objects reimported`];
}

/** `harvester reindex` */
export async function reindexCommand(cli: HarvesterCli): Promise<string[]> {
  await act(cli, 'harvest_sources_reindex', {});
  return [];
}

/** `harvester harvesters_info` */
export const infoCommand = async (cli: HarvesterCli): Promise<string[]> => [
  pythonText(await act(cli, 'harvesters_info_show', {})),
];

/** `harvester clean-harvest-log`: forgets log lines that are older than is kept. */
export async function cleanLogCommand({ site }: HarvesterCli): Promise<string[]> {
  await forgetOldLines(site);
  return [];
}
