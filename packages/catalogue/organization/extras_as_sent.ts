import { isToldAsSent } from '../action/as_sent.rules.ts';
import type { Params } from '../action/call.ts';
import type { GroupExtra } from './parts.ts';

/** The stored extras in the answer to a write, with values that are no texts as they were sent. */
export function extrasAsSent(stored: GroupExtra[], { extras }: Params): GroupExtra[] {
  const sent = new Map(
    Array.isArray(extras) ? extras.map(({ key, value }: Record<string, unknown>) => [key, value]) : [],
  );
  return stored.map((extra) => {
    const value = sent.get(extra.key);
    return isToldAsSent(value) ? { ...extra, value } : extra;
  });
}
