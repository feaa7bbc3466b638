import ipaddr from 'ipaddr.js';

/** Addresses in public ranges that clouds answer on inside a machine's own network (Azure's wire server). */
const insideAll = new Set(['168.63.129.16']);
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an address belongs to the open internet. Everything that IANA's special-purpose registries list
 * does not; IPv4 wrapped in IPv6 (mapped, NAT64) is judged by the address inside.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  if (address.kind() === 'ipv4') return address.range() === 'unicast' && !insideAll.has(address.toString());
  const v6 = address as ipaddr.IPv6;
  if (v6.isIPv4MappedAddress()) return isPublicAddress(v6.toIPv4Address().toString());
  if (v6.match(nat64)) return isPublicAddress(v6.toByteArray().slice(12).join('.'));
  return v6.range() === 'unicast' && v6.match(globalUnicast);
}

/** `[::1]`, `::1%eth0` and dotted forms; undefined for a host name. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : undefined;
}

export const isAddress = (host: string): boolean => parseAddress(host) !== undefined;

/** What may be fetched although it is inside, and what never is: see `parseAllowList`. */
export interface AllowList {
  /** The portal's own database, queue or search engine listens there. */
  own(host: string, port: number): boolean;
  /** The target `host:port` as written in the URL stands in the list. */
  target(host: string, port: number): boolean;
  /** The address lies in a listed network. */
  address(address: string): boolean;
}

/**
 * Entries are `host:port`, `[v6]:port`, a single address or `network/bits`.
 * @param own `host:port` of the portal's own services: refused whatever the entries say
 * @throws Error that names the entry that is none of these
 */
export function parseAllowList(entries: readonly string[], own: readonly string[] = []): AllowList {
  const ours = new Set(own.flatMap(loopbackNames));
  const targets = new Set<string>();
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const entry of entries) {
    const single = parseAddress(entry);
    if (single !== undefined) networks.push([single, single.kind() === 'ipv4' ? 32 : 128]);
    else if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry));
    else if (/^(\[[0-9a-f:.]+\]|[^\s:/]+):\d{1,5}$/i.test(entry)) targets.add(entry.toLowerCase());
    else throw new Error(`${entry} is neither host:port nor network/bits`);
  }
  return {
    own: (host, port) => ours.has(`${bareHost(host)}:${port}`),
    target: (host, port) => targets.has(`${host.toLowerCase()}:${port}`),
    address: (text) => {
      const address = parseAddress(text);
      return (
        address !== undefined &&
        networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
      );
    },
  };
}

const bareHost = (host: string): string =>
  (parseAddress(host)?.toNormalizedString() ?? host.replace(/\.$/, '')).toLowerCase();

/** A service of this machine is there by every name that the machine has for itself. */
function loopbackNames(target: string): string[] {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? [];
  const bare = bareHost(host);
  const names = bare === 'localhost' || parseAddress(bare)?.range() === 'loopback' ? machine : [];
  return [...new Set([bare, ...names])].map((name) => `${name}:${port}`);
}

const machine = ['localhost', '127.0.0.1', '::1'].map(bareHost);
