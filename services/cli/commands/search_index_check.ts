import { compareIndex, countSelected, type Selection, selectDatasets } from '@portolan/catalogue';
import type { OpenSite } from '@portolan/site';
import { CommandError } from '../environment.ts';
import { print } from '../output.ts';

const active: Selection = { activeOnly: true };

/** The number comes before the list, so the index is looked through twice rather than the list kept. */
export async function checkIndex(site: OpenSite['site']): Promise<void> {
  const missing = { ...active, missing: true };
  const count = await countSelected(site, missing);
  print(`Packages not indexed = ${count} out of ${await countSelected(site, active)}`);
  for await (const datasets of selectDatasets(site, missing))
    print(...datasets.map(({ name, modified }) => `('${modified}', '${name}')`));
  if (count > 0) throw new CommandError('The index is not complete: search-index rebuild -o');
}

export async function listUnindexed(site: OpenSite['site']): Promise<void> {
  let count = 0;
  for await (const datasets of selectDatasets(site, { missing: true })) {
    count += datasets.length;
    print(...datasets.map(({ id }) => id));
  }
  print(`Found ${count} unindexed package(s).`);
}

/** Heals nothing, so it works in read-only mode too; what waits in the outbox is no drift. */
export async function listDrift(site: OpenSite['site']): Promise<void> {
  let datasets = 0;
  let count = 0;
  for await (const { compared, differences } of compareIndex(site)) {
    datasets += compared;
    count += differences.length;
    print(...differences.map(({ id }) => id));
  }
  for await (const { ids } of site.search.mirror?.compare() ?? []) {
    count += ids.length;
    print(...ids.map((id) => `${id} (OpenSearch)`));
  }
  print(`Drift = ${count}, compared ${datasets} dataset(s)`);
  if (count > 0) throw new CommandError('The worker heals this within a minute, or: search-index rebuild');
}
