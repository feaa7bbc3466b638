import type { Call, Params } from '../action/call.ts';
import { extrasOf, type GroupExtra } from './parts.ts';
import type { GroupDict } from './presenter.ts';
import type { GroupKind, GroupRow } from './row.ts';

/** Fields of data.gov.uk's publishers: extras in the tables, plain fields to clients. */
const fields = [
  'category',
  'contact-name',
  'contact-email',
  'contact-phone',
  'foi-name',
  'foi-email',
  'foi-web',
  'foi-phone',
];

/** Whether organisations have these fields here, and keep their accounts to themselves. Source: ckanext-datagovuk. */
export const hasPublishers = (call: Call, kind: GroupKind): boolean =>
  kind === 'organization' && call.site.config.profile === 'datagovuk';

/** Moves the fields from the extras to the top, where the site that reads them looks. */
export function promotePublisherFields(dict: GroupDict): GroupDict {
  const extras = dict['extras'] as GroupExtra[] | undefined;
  if (!extras) return dict;
  const own = extras.filter((extra) => fields.includes(extra.key));
  return {
    ...dict,
    ...Object.fromEntries(own.map((extra) => [extra.key, extra.value])),
    extras: extras.filter((extra) => !fields.includes(extra.key)),
  };
}

/**
 * Moves the fields of a request from the top to its extras. A list of extras replaces the others, hence those that
 * were not sent are taken along.
 */
export async function storePublisherFields(
  call: Call,
  params: Params,
  group: GroupRow | undefined,
): Promise<Params> {
  const rest: Params = {};
  const sent: { key: string; value: unknown }[] = [];
  for (const [key, value] of Object.entries(params)) {
    if (!fields.includes(key)) rest[key] = value;
    else if (value !== null && value !== undefined) sent.push({ key, value });
  }
  const { extras } = params;
  const replaced = Array.isArray(extras) && extras.length > 0;
  if (sent.length === 0 && !replaced) return rest;
  if (extras !== undefined && !Array.isArray(extras)) return rest;
  const present = group ? ((await extrasOf(call.sql, [group.id])).get(group.id) ?? []) : [];
  const kept = present.filter((extra) => !replaced || fields.includes(extra.key));
  return {
    ...rest,
    extras: [...kept.map(({ key, value }) => ({ key, value })), ...(replaced ? extras : []), ...sent],
  };
}
