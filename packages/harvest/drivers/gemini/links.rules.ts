import { Parser } from 'htmlparser2';

/** The links of a folder's page: those that are records, and those that look like one but are not followed. */
export interface FolderLinks {
  names: string[];
  ignored: { name: string; because: string }[];
}

const refused = ['?', '/', '#', 'mailto:', 'tel:'];

export function folderLinks(html: string): FolderLinks {
  const links: FolderLinks = { names: [], ignored: [] };
  const parser = new Parser({
    onopentag(element, { href }) {
      const name = href?.trim();
      if (element !== 'a' || !name) return;
      const because = refused.find((part) => name.includes(part));
      if (because === undefined) links.names.push(name);
      else if (name.endsWith('.xml')) links.ignored.push({ name, because });
    },
  });
  parser.end(html);
  return links;
}
