import { licenses } from '@portolan/catalogue/licenses';

/** The first constraint that is, as a whole, an address with a host; words behind the address do no harm. */
export function licenceUrl(constraints: readonly string[]): string | undefined {
  return constraints.find((text) => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.test(text.trim()));
}

/** The licence that a constraint names by id or address. */
export function licenceId(constraints: readonly string[]): string | undefined {
  for (const text of constraints) {
    const found = licenses.find(({ id, url }) => id === text.toLowerCase() || (url !== '' && url === text));
    if (found) return found.id;
  }
  return undefined;
}
