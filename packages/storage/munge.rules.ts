/** Latin-1 letters as CKAN spells them in ASCII; letters beyond Latin-1 are dropped. */
const ascii: Record<string, string> = {};
const spellings: [string, string][] = [
  ['àáâãäå', 'a'],
  ['æ', 'ae'],
  ['ç', 'c'],
  ['èéêë', 'e'],
  ['ìíîï', 'i'],
  ['ð', 'th'],
  ['ñ', 'n'],
  ['òóôõöø', 'o'],
  ['ùúûü', 'u'],
  ['ýÿ', 'y'],
  ['þ', 'th'],
  ['ß', 'ss'],
  ['ÀÁÂÃÄÅ', 'A'],
  ['Æ', 'Ae'],
  ['Ç', 'C'],
  ['ÈÉÊË', 'E'],
  ['ÌÍÎÏ', 'I'],
  ['Ð', 'Th'],
  ['Ñ', 'N'],
  ['ÒÓÔÕÖØ', 'O'],
  ['ÙÚÛÜ', 'U'],
  ['Ý', 'Y'],
  ['Þ', 'th'],
];
for (const [letters, spelling] of spellings) for (const letter of letters) ascii[letter] = spelling;

const toAscii = (text: string) => text.replace(/[\u0080-\u00ff]/g, (letter) => ascii[letter] ?? '');

/** Python counts some control characters as white space, which JavaScript does not. */
const trim = (text: string) => text.replace(/^[\s\p{Cc}]+|[\s\p{Cc}]+$/gu, '');

const shortest = 3;
const longest = 100;
/** The dot counts. */
const longestExtension = 21;

/** As Python splits it: leading dots belong to the name. */
export function splitExtension(filename: string): { name: string; extension: string } {
  const dots = /^\.*/.exec(filename)![0].length;
  const at = filename.lastIndexOf('.');
  if (at < dots) return { name: filename, extension: '' };
  return { name: filename.slice(0, at), extension: filename.slice(at) };
}

/**
 * The name an uploaded resource file is stored and shown under: 3 to 100 of `a-z 0-9 _ . -`.
 * Source: CKAN `munge_filename`; the cases are its recorded answers. Munging twice changes nothing.
 */
export function mungeFilename(filename: string): string {
  const last = filename.slice(filename.lastIndexOf('/') + 1);
  const plain = toAscii(trim(last.toLowerCase()))
    .replace(/[^a-z0-9_. -]/g, '')
    .replaceAll(' ', '-')
    .replace(/-+/g, '-');
  const { name, extension } = splitExtension(plain);
  const end = extension.slice(0, longestExtension);
  return name.slice(0, longest - end.length).padEnd(shortest - end.length, '_') + end;
}

/**
 * The name part of a stored image: 3 to 100 of `a-z A-Z 0-9 . -`, cut at the end.
 * Source: CKAN `munge_filename_legacy`.
 */
export function mungeFilenameLegacy(filename: string): string {
  const plain = toAscii(trim(filename))
    .replace(/[^a-zA-Z0-9.\- ]/g, '')
    .replaceAll(' ', '-');
  return plain.slice(0, longest).padEnd(shortest, '_');
}

/**
 * The name an image is stored under: time of upload, munged name, and the extension of what the file really
 * is. As in CKAN the fraction of a second counts as the extension of a name that has none, and a dot at the end
 * begins none.
 * @param time UTC, `YYYY-MM-DD HH:MM:SS.ffffff`
 * @param extension with its dot; without it the name stays as it is
 */
export function imageFilename(time: string, filename: string, extension: string | undefined): string {
  const munged = mungeFilenameLegacy(time + filename);
  if (extension === undefined) return munged;
  return (munged.endsWith('.') ? munged : splitExtension(munged).name) + extension;
}
