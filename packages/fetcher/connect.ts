import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { type AllowList, isAddress, isPublicAddress } from './address.rules.ts';
import { FetchError } from './errors.ts';
import { undici } from './undici.ts';

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * Opens connections to addresses of the open internet alone. The name is resolved here, and the socket
 * is given the very addresses that were judged: a second answer of the name server is never asked for, so
 * rebinding has nothing to change. What the socket reached is judged once more.
 */
export function guardedConnector(options: {
  allow: AllowList;
  resolve: Resolve;
  timeout: number;
}): buildConnector.connector {
  const { allow, resolve, timeout } = options;
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const mayReach = (address: string) =>
      !allow.own(address, port) &&
      (allow.target(target.hostname, port) || allow.address(address) || isPublicAddress(address));
    const refused = () => new FetchError('blocked', target.hostname);
    if (isAddress(target.hostname) && !mayReach(target.hostname)) {
      callback(refused(), null);
      return;
    }
    const lookup: LookupFunction = (hostname, _options, found) => {
      resolve(hostname).then(
        (all) => {
          const open = all.filter(({ address }) => mayReach(address));
          if (open.length === 0) found(refused(), []);
          else found(null, open);
        },
        (error: NodeJS.ErrnoException) => found(error, []),
      );
    };
    const connect = undici().buildConnector({ lookup, autoSelectFamily: true, timeout, allowH2: false });
    connect(target, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      if (!mayReach(socket.remoteAddress ?? '')) {
        socket.destroy();
        callback(refused(), null);
        return;
      }
      callback(null, socket);
    });
  };
}
