const longest = 100;

/** Letters without their accents; what has no ASCII form is dropped by the caller. */
const folded = (text: string): string =>
  text
    // Signs that only look like letters or digits, a square's 2 say, are none, as in CKAN.
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßẞ]/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[ðÐþÞ]/g, 'th')
    .replace(/[łŁ]/g, 'l');

/**
 * A dataset name made of a title: CKAN's `munge_title_to_name`. At most 95 characters, a trailing year kept;
 * at least two.
 */
export function nameFromTitle(title: string): string {
  const name = folded(title)
    .replace(/[ .:/]/g, '-')
    .replace(/[^a-zA-Z0-9\-_]/g, '')
    .toLowerCase()
    .replace(/-+/g, '-')
    .replace(/^-+|-+$/g, '');
  return cutKeepingYear(name, 95).padEnd(2, '_');
}

function cutKeepingYear(name: string, length: number): string {
  if (name.length <= length) return name;
  const year = /.*?[_-]((?:\d{2,4}[-/])?\d{2,4})$/.exec(name)?.[1];
  return year === undefined ? name.slice(0, length) : `${name.slice(0, length - year.length - 1)}-${year}`;
}

/** Prefix that every name in the way of `ideal` starts with, for the query that finds them. */
export const takenPrefix = (ideal: string): string => ideal.slice(0, 95);

/**
 * The name a dataset gets: the ideal one, the one it has when that derives from it, or the first free number.
 * `suffix` draws five hexadecimal digits instead of counting (`default_dataset_name_append=random-hex`).
 * @returns undefined when 999 are taken
 */
export function uniqueName(
  wish: string,
  taken: ReadonlySet<string>,
  existing?: string,
  suffix?: () => string,
): string | undefined {
  const ideal = wish.slice(0, longest);
  if (ideal === existing || !taken.has(ideal)) return ideal;
  if (existing?.startsWith(ideal)) return existing;
  if (suffix) return ideal.slice(0, longest - 5) + suffix();
  for (let number = 1; number <= 999; number++) {
    const name = ideal.slice(0, longest - String(number).length) + number;
    if (!taken.has(name)) return name;
  }
  return undefined;
}

/** CKAN's `munge_tag`: lower case, ASCII, blanks as hyphens, 2 to 100 characters; of nothing, `__`. */
export const mungeTag = (tag: string): string =>
  folded(tag)
    .toLowerCase()
    .trim()
    .replace(/[^a-z0-9\- ]/g, '')
    .replace(/ /g, '-')
    .slice(0, longest)
    .padEnd(2, '_');

/** Whether CKAN takes the tag as it is. */
export const isTagName = (tag: string): boolean =>
  [...tag].length >= 2 && [...tag].length <= 100 && /^[\p{L}\p{N}\p{M}_ \-.]*$/u.test(tag);
