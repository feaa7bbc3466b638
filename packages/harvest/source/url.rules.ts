/**
 * What two addresses of one source have in common, as CKAN compares them: without query, parameters and fragment,
 * without the default port and without slashes at the end. Case counts.
 */
export function comparedUrl(url: string): string {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/.exec(url);
  if (!match) return url.split(/[?#]/)[0] ?? '';
  const [, scheme = '', authority = '', path = ''] = match;
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const host = authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
  const plain = path.replace(/;[^/;]*$/, '').replace(/\/+$/, '');
  return `${scheme.toLowerCase()}://${host}${plain}`;
}
