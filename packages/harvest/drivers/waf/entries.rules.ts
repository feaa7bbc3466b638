import { mayLeadTo } from '../../source/manners.rules.ts';
import type { Dialect, ListedLink } from './listing.rules.ts';

/** What a folder holds that is of interest. */
export interface Entries {
  records: { url: string; modified: string | undefined }[];
  folders: string[];
}

/** The folder that a listing's address stands for, with its slash. */
export function folderOf(address: string): string {
  const parts = address.replace(/\/+$/, '').split('/');
  if (parts.length > 3 && parts.at(-1)?.includes('index')) parts.pop();
  return `${parts.join('/')}/`;
}

/**
 * Records end in `.xml`; folders in `/`, and lie below the one that lists them.
 * @param config of the source: whether records may lie on another host
 */
export function entriesOf(
  links: readonly ListedLink[],
  folder: string,
  dialect: Dialect,
  config: Record<string, unknown> = {},
): Entries {
  const entries: Entries = { records: [], folders: [] };
  for (const { href, modified } of links) {
    if (href === '' || href.startsWith('_') || /[?#]|mailto:/.test(href)) continue;
    if (href.endsWith('/') && !href.includes('..')) {
      if (dialect === 'apache' && href.startsWith('/')) continue;
      const name = href.replace(/\/+$/, '').split('/').at(-1);
      const below = name ? resolve(`${name}/`, folder) : undefined;
      if (below?.startsWith(folder) && below !== folder) entries.folders.push(below);
    } else if (href.endsWith('.xml')) {
      const url = resolve(href, folder);
      if (url !== undefined && mayLeadTo(url, folder, config)) entries.records.push({ url, modified });
    }
  }
  return entries;
}

const resolve = (href: string, base: string): string | undefined =>
  URL.canParse(href, base) ? new URL(href, base).href : undefined;
