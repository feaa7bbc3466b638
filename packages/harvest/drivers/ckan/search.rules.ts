/** Python's `urlencode`: mock servers and caches match the literal query. */
export const plusQuoted = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export const pageSize = 100;

/**
 * Address of a page of the remote's package_search; the order of the parameters is part of the contract.
 * @param ids the ids alone, of so many datasets
 */
export function searchUrl(base: string, start: number, terms: string | undefined, ids?: number): string {
  const parameters: [string, string][] = [
    ['rows', String(ids ?? pageSize)],
    ['start', String(start)],
    ['sort', 'id asc'],
    ...(terms ? [['fq', terms] as [string, string]] : []),
    ...(ids === undefined ? [] : [['fl', 'id'] as [string, string]]),
  ];
  const query = parameters.map(([key, value]) => `${key}=${plusQuoted(value)}`).join('&');
  return `${actionUrl(base, 'package_search')}?${query}`;
}

export const actionUrl = (base: string, action: string): string =>
  `${base.replace(/\/+$/, '')}/api/3/action/${action}`;

/** The filter of the configuration, without the time: organisations and groups to include or leave out. */
export function filterTerms(config: Record<string, unknown>): string[] {
  return [
    ...terms(config['organizations_filter_include'], config['organizations_filter_exclude'], 'organization'),
    ...terms(config['groups_filter_include'], config['groups_filter_exclude'], 'groups'),
  ];
}

function terms(include: unknown, exclude: unknown, field: string): string[] {
  if (Array.isArray(include) && include.length > 0)
    return [include.map((name) => `${field}:${name}`).join(' OR ')];
  if (Array.isArray(exclude)) return exclude.map((name) => `-${field}:${name}`);
  return [];
}

const minute = 60_000;

/** Changes since some minutes before that job. `started`: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. */
export function sinceTerm(started: string, minutesBefore: number): string {
  const [date = '', fraction = ''] = started.split('.');
  const moment = new Date(Date.parse(`${date.replace(' ', 'T')}Z`) - minutesBefore * minute)
    .toISOString()
    .slice(0, 19);
  return `metadata_modified:[${moment}${fraction ? `.${fraction.padEnd(6, '0')}` : ''}Z TO *]`;
}

/** Minutes by which clocks may differ and be told the same time. */
const tolerance = 5;

/** Whole minutes by which a server's clock is behind ours, by the `Date` of its answer; none within the tolerance. */
export function minutesBehind(date: string | undefined, now: number): number {
  const told = Date.parse(date ?? '');
  const behind = Math.ceil((now - told) / minute);
  return behind > tolerance ? behind : 0;
}
