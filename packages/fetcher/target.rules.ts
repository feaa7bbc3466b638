import type { AllowList } from './address.rules.ts';
import { isAddress, isPublicAddress } from './address.rules.ts';
import { FetchError } from './errors.ts';
import { withoutSecrets } from './secret.rules.ts';

/**
 * Ports above 1023 that other protocols own: a request to them is meant to talk to something that is not a
 * web server. Below 1024 only the web's own are open.
 */
const foreignPorts = new Set([
  1433, 1521, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5433, 5671,
  5672, 5900, 6000, 6379, 6380, 6443, 6514, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 10080,
  10250, 11211, 26379, 27017,
]);
const webPorts = new Set([80, 81, 88, 443, 591, 832]);

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/**
 * Parses an address and refuses what can be refused without asking DNS: other schemes than http and https,
 * ports of other protocols, literal inside addresses, the portal's own services. @throws FetchError `blocked`
 */
export function checkedUrl(text: string, allow: AllowList): URL {
  if (!URL.canParse(text)) throw new FetchError('blocked', 'not an address', { url: '' });
  const url = new URL(text);
  const refused = () => new FetchError('blocked', withoutSecrets(url), { url: withoutSecrets(url) });
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused();
  if (url.hostname === '') throw refused();
  const port = portOf(url);
  if (allow.own(url.hostname, port)) throw refused();
  if (isAllowedTarget(url, allow)) return url;
  if (port < 1024 ? !webPorts.has(port) : foreignPorts.has(port)) throw refused();
  if (isAddress(url.hostname) && !isPublicAddress(url.hostname)) throw refused();
  return url;
}

function isAllowedTarget(url: URL, allow: AllowList): boolean {
  return allow.target(url.hostname, portOf(url)) || (isAddress(url.hostname) && allow.address(url.hostname));
}
