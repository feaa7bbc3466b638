import { type ErrorDict, PortolanError } from '@portolan/kernel';
import { findSource, findSourceByReference, listSources, type Source } from '../source/source.repo.ts';
import { sourceBlock } from './blocks.ts';
import { act, type HarvesterCli, HarvesterCliFailure, sentence } from './context.ts';

export interface NewSource {
  name: string;
  url: string;
  type: string;
  title?: string;
  active?: boolean;
  ownerOrg?: string;
  frequency?: string;
  config?: string;
}

/** `harvester source create`. With an empty frequency the source is harvested at once. */
export async function createSourceCommand(cli: HarvesterCli, source: NewSource): Promise<string[]> {
  const params = {
    name: source.name,
    url: source.url,
    source_type: source.type,
    title: source.title || source.name,
    state: source.active === false ? 'deleted' : 'active',
    owner_org: source.ownerOrg,
    frequency: source.frequency || 'MANUAL',
    ...(source.config ? { config: source.config } : {}),
  };
  let id: string;
  try {
    ({ id } = await act(cli, 'harvest_source_create', params));
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'validation') throw error;
    throw new HarvesterCliFailure(['Validation error:', ...errorLines(error.fields as ErrorDict)].join('\n'));
  }
  const lines = ['Created new harvest source:', ...(await blockOf(cli, id))];
  const all = await listSources(cli.site.db, { onlyActive: false });
  lines.push(sentence(all.length, 'harvest source'));
  if (source.frequency === '') {
    const job = await act(cli, 'harvest_job_create', { source_id: id });
    lines.push(`A new Harvest Job for this source has also been created: ${job.id}`);
  }
  return lines;
}

const errorLines = (fields: ErrorDict): string[] =>
  Object.entries(fields).map(([field, messages]) => `\t${field}: ${[messages].flat().join('; ')}`);

/** `harvester source show` */
export async function showSourceCommand(
  cli: HarvesterCli,
  reference: string,
  { json = false } = {},
): Promise<string[]> {
  const source = await sourceNamed(cli, reference);
  return json ? [await sourceLine(cli, source)] : sourceBlock(cli.site.db, source);
}

/** As `harvest_source_show` answers it. */
const sourceLine = async (cli: HarvesterCli, { id }: Source): Promise<string> =>
  JSON.stringify(await act(cli, 'harvest_source_show', { id }));

/** `harvester source remove` */
export async function removeSourceCommand(cli: HarvesterCli, reference: string): Promise<string[]> {
  const { id } = await sourceNamed(cli, reference);
  await act(cli, 'harvest_source_delete', { id });
  return [`Removed harvest source: ${reference}`];
}

/** `harvester sources [all]` */
export async function listSourcesCommand(
  cli: HarvesterCli,
  options: { all: boolean; json?: boolean },
): Promise<string[]> {
  const sources = await listSources(cli.site.db, { onlyActive: !options.all });
  const lines: string[] = [];
  if (options.json) {
    for (const source of sources) lines.push(await sourceLine(cli, source));
    return lines;
  }
  for (const source of sources) lines.push(...(await sourceBlock(cli.site.db, source)));
  lines.push(sentence(sources.length, options.all ? 'harvest source' : 'active harvest source'));
  return lines;
}

/** @throws HarvesterCliFailure `Source … not found.` */
export async function sourceNamed(cli: HarvesterCli, reference: string): Promise<Source> {
  const source = await findSourceByReference(cli.site.db, reference);
  if (!source) throw new HarvesterCliFailure(`Source ${reference} not found.`);
  return source;
}

async function blockOf(cli: HarvesterCli, id: string): Promise<string[]> {
  const source = await findSource(cli.site.db, id);
  return source ? sourceBlock(cli.site.db, source) : [];
}
