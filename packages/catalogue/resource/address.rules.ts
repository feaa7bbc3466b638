import { domainToASCII } from 'node:url';

/** Schemes that a browser may be sent to. */
const followed = new Set(['http', 'https', 'ftp']);

/**
 * A resource's address in the form that a `Location` header can hold: what no address may contain is encoded, scheme
 * and host are in small letters. Nothing for what is no address of a file, such as `javascript:` or `mailto:`.
 */
export function locationOf(url: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url.replace(/^\/+/, '')}`;
  const parts = /^([^:]+):\/\/([^/?#]*)(.*)$/s.exec(whole);
  const [scheme, host, rest] = [parts?.[1]?.toLowerCase(), parts?.[2], parts?.[3]];
  if (!scheme || !host || rest === undefined || !followed.has(scheme)) return undefined;
  return `${scheme}://${plainHost(host)}${encoded(rest)}`;
}

function plainHost(host: string): string {
  const small = host.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(small)) return small;
  return domainToASCII(small) || encoded(small);
}

/** Percent-encodes what is outside of an address's characters and leaves what is encoded already. */
const encoded = (text: string): string =>
  text.replace(/[^\x21-\x7e]+|["<>\\^`{|}]/g, (part) => encodeURIComponent(part.toWellFormed()));
