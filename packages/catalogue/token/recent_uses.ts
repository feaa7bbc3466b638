import type { Site } from '../action/call.ts';

/** Uses of tokens that are not noted yet, since notes are made at intervals: milliseconds since 1970 by token id. */
const uses = new WeakMap<Site, Map<string, number>>();

function usesOf(site: Site): Map<string, number> {
  const known = uses.get(site) ?? new Map<string, number>();
  uses.set(site, known);
  return known;
}

/** Keeps in mind that a token was used; `isNoted` when its row says so as well. */
export function rememberUse(site: Site, token: string, moment: number, isNoted: boolean): void {
  if (isNoted) usesOf(site).delete(token);
  else usesOf(site).set(token, moment);
}

/** When this process saw a token used after the last note in its row. */
export const recentUse = (site: Site, token: string): number | undefined => uses.get(site)?.get(token);
