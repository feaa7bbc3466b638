import mime from 'mime-types';
import { mediaTypesOfCkan } from './media_type.table.ts';
import { splitExtension } from './munge.rules.ts';

const packed: Record<string, string> = {
  '.svgz': '.svg.gz',
  '.tgz': '.tar.gz',
  '.taz': '.tar.gz',
  '.tz': '.tar.gz',
  '.tbz2': '.tar.bz2',
  '.txz': '.tar.xz',
};
/** Case counts here: to CKAN `a.csv.GZ` is a gzip file, `a.csv.gz` a CSV. */
const compressions = new Set(['.gz', '.Z', '.bz2', '.xz', '.br']);

/**
 * The media type of a file name or address by its extension, undefined where CKAN would guess none. A
 * compressed file has the type of what it holds.
 * Source: CKAN `ckan.mimetype_guess = file_ext`, which is Python's `mimetypes.guess_type`.
 */
export function guessMediaType(nameOrUrl: string): string | undefined {
  const data = /^data:([^,;]*)[^,]*,/i.exec(nameOrUrl);
  if (data) return data[1]!.includes('/') ? data[1] : 'text/plain';
  let { name, extension } = lastExtension(nameOrUrl);
  const unpacked = packed[extension.toLowerCase()];
  if (unpacked) ({ name, extension } = lastExtension(name + unpacked));
  if (compressions.has(extension)) ({ extension } = lastExtension(name));
  const plain = extension.slice(1).toLowerCase();
  const known = Object.hasOwn(mediaTypesOfCkan, plain) ? mediaTypesOfCkan[plain] : mime.types[plain];
  return known ?? undefined;
}

/** The media type of a link; one that names nothing but a host has none. */
export function guessLinkMediaType(url: string): string | undefined {
  const path = /^(?:[^:/?#]+:)?(?:\/\/[^/?#]*)?([^?#]*)/.exec(url)?.[1];
  return path ? guessMediaType(url) : undefined;
}

function lastExtension(text: string): { name: string; extension: string } {
  const slash = text.lastIndexOf('/') + 1;
  const { name, extension } = splitExtension(text.slice(slash));
  return { name: text.slice(0, slash) + name, extension };
}
