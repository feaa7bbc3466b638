import { Parser } from 'htmlparser2';

/** The links of a folder's page: those that are records, and each that looks like one but is not followed. */
export interface FolderLinks {
  urls: string[];
  ignored: { name: string; because: string }[];
}

const refused = ['?', '/', '#', 'mailto:', 'tel:'];

/**
 * @param mayFollow whether a link with a path in it, to this address, is followed as well when it ends like a record
 */
export function folderLinks(
  html: string,
  folder: string,
  mayFollow: (url: string) => boolean = () => false,
): FolderLinks {
  const urls: string[] = [];
  const ignored = new Map<string, string>();
  const parser = new Parser({
    onopentag(element, { href }) {
      const name = href?.trim();
      if (element !== 'a' || !name) return;
      const url = URL.canParse(name, folder) ? new URL(name, folder).href : undefined;
      const because = refused.find((part) => name.includes(part));
      const isRecord = name.endsWith('.xml');
      const follows = because === '/' && isRecord && url !== undefined && mayFollow(url);
      if (url !== undefined && (because === undefined || follows)) urls.push(url);
      else if (because !== undefined && isRecord) ignored.set(name, because);
    },
  });
  parser.end(html);
  return { urls, ignored: Array.from(ignored, ([name, because]) => ({ name, because })) };
}
