import { mayLeadTo } from '../../source/manners.rules.ts';
import { limited } from '../../thread/limited.ts';
import { type FolderLinks, folderLinks } from './links.rules.ts';

/** The links of a folder's page. @param config of the source: whether links with a path in them are followed */
export const readLinks = (
  html: string,
  source: { url: string; folder: string },
  config: Record<string, unknown>,
): FolderLinks =>
  folderLinks(
    html,
    source.folder,
    (url) => config['follow_paths'] === true && mayLeadTo(url, source.url, config),
  );

export const readLinksLimited = limited(import.meta.url, readLinks);
