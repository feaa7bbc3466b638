import { attachFile, type ImportOptions, type Site, unattachedUploads } from '@portolan/catalogue';
import type { RemoteCkan } from './client.ts';
import { fileNameOf } from './portable.rules.ts';
import type { CopyReport } from './report.ts';

type Json = Record<string, unknown>;

/** Files of these datasets that are not here yet, one after the other, streamed. */
export async function copyFiles(
  site: Site,
  remote: RemoteCkan,
  datasets: readonly Json[],
  { user }: ImportOptions,
  report: CopyReport,
): Promise<void> {
  const addresses = new Map(
    datasets
      .flatMap(({ resources }) => (resources ?? []) as Json[])
      .filter(({ url_type: type }) => type === 'upload')
      .map(({ id, url }) => [String(id), String(url)]),
  );
  for (const id of await unattachedUploads(site.db, [...addresses.keys()])) {
    const address = addresses.get(id)!;
    const response = URL.canParse(address) ? await remote.download(address) : undefined;
    if (!response) report.files.missing++;
    else {
      await attachFile(site, user, id, fileNameOf(address), response.body);
      report.files.copied++;
    }
  }
}
