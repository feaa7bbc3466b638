import { Parser } from 'htmlparser2';

/** Kinds of servers whose listings tell when a file was changed. */
export type Dialect = 'apache' | 'nginx' | 'iis' | 'other';

export interface ListedLink {
  /** As it stands in the page, entities read. */
  href: string;
  /** `YYYY-MM-DD HH:MM:SS` by the server's own clock. */
  modified: string | undefined;
}

export function dialectOf(server: string | undefined): Dialect {
  if (!server || /apache/i.test(server)) return 'apache';
  if (/nginx/i.test(server)) return 'nginx';
  return server.includes('Microsoft-IIS') ? 'iis' : 'other';
}

/** The links of a folder's page in their order. Any text is a page; one without links has none. */
export function readListing(html: string, dialect: Dialect): ListedLink[] {
  const links: { href: string; before: string; after: string }[] = [];
  let before = '';
  let inside = false;
  let following = false;
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name === 'br') before = '';
      // Tables put the date into the cell behind the link's.
      if (name !== 'td') following = false;
      if (name !== 'a' || href === undefined) return;
      links.push({ href, before, after: '' });
      inside = true;
      before = '';
    },
    ontext(text) {
      const link = links.at(-1);
      if (following && link) link.after += text;
      if (!inside) before += text;
    },
    onclosetag(name) {
      if (name !== 'a') return;
      inside = false;
      following = true;
    },
  });
  parser.end(html);
  return links.map(({ href, before, after }) => ({ href, modified: modifiedOf(dialect, before, after) }));
}

function modifiedOf(dialect: Dialect, before: string, after: string): string | undefined {
  if (dialect === 'iis') return readDate(before);
  return dialect === 'other' ? undefined : readDate(after);
}

/**
 * Whether a page looks like a folder's, whatever it lists: servers head it, or lead back up. A page of an error, or of a
 * login, with status 200 must not pass for a folder that has lost its records.
 */
export const looksLikeFolder = (html: string): boolean =>
  /<(title|h1|h2)[^>]*>\s*(index of|directory listing|[^<]* - \/)|parent directory|href\s*=\s*["']?\.\.\/?["'\s>]/i.test(
    html,
  );

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The forms that servers write: ISO, `07-Nov-2024 15:00`, `11/7/2024 3:00 PM`, `Thursday, November 7, 2024 3:00 PM`. */
function readDate(text: string): string | undefined {
  const start = text.trimStart();
  const iso = /^(\d{4})-(\d\d)-(\d\d)\s+(\d\d?):(\d\d)(?::(\d\d))?/.exec(start);
  if (iso) return written(iso[1], Number(iso[2]), iso[3], iso[4], iso[5], iso[6]);
  const named = /^(\d\d?)-([A-Za-z]{3})-(\d{4})\s+(\d\d?):(\d\d)(?::(\d\d))?/.exec(start);
  if (named) return written(named[3], monthOf(named[2]), named[1], named[4], named[5], named[6]);
  const american = /^(\d\d?)\/(\d\d?)\/(\d{4})\s+(\d\d?):(\d\d)\s*([AP]M)/i.exec(start);
  if (american)
    return written(
      american[3],
      Number(american[1]),
      american[2],
      hourOf(american[4], american[6]),
      american[5],
    );
  const long = /^[A-Za-z]+,\s+([A-Za-z]+)\s+(\d\d?),\s+(\d{4})\s+(\d\d?):(\d\d)\s*([AP]M)/i.exec(start);
  return long ? written(long[3], monthOf(long[1]), long[2], hourOf(long[4], long[6]), long[5]) : undefined;
}

const monthOf = (name = ''): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const hourOf = (hour = '', half = ''): string =>
  String((Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0));

function written(year = '', month = 0, day = '', hour = '', minute = '', second = '0'): string | undefined {
  const two = (part: string | number) => String(part).padStart(2, '0');
  const text = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
  return Number.isNaN(Date.parse(`${text.replace(' ', 'T')}Z`)) ? undefined : text;
}
