import type { Params } from '../action/call.ts';
import { canonicalFormat } from '../resource/formats.ts';

/** What a dump carries and a write does not take: an object that differs in these alone is the same. */
const derived = new Set([
  'metadata_modified',
  'metadata_created',
  'created',
  'last_modified',
  'num_resources',
  'num_tags',
  'num_followers',
  'package_count',
  'number_created_packages',
  'isopen',
  'license_title',
  'license_url',
  'organization',
  'creator_user_id',
  'relationships_as_object',
  'relationships_as_subject',
  'tracking_summary',
  'revision_id',
  'display_name',
  'image_display_url',
  'email_hash',
  'password',
]);

/**
 * Whether a stored object says all that a line says. What the line leaves out does not count; lists have to be of
 * one length, extras and tags in any order.
 */
export function saysTheSame(line: unknown, stored: unknown, key = ''): boolean {
  if (derived.has(key)) return true;
  if (Array.isArray(line)) {
    if (!Array.isArray(stored)) return false;
    // Who made an organisation here is a member beside those of the line.
    if (key !== 'users' && stored.length !== line.length) return false;
    const inAnyOrder = key === 'extras' || key === 'tags' || key === 'groups' || key === 'users';
    if (!inAnyOrder) return line.every((one, index) => saysTheSame(one, stored[index]));
    return line.every((one) => stored.some((other) => saysTheSame(one, other)));
  }
  if (typeof line === 'object' && line !== null) {
    if (typeof stored !== 'object' || stored === null) return line === stored;
    const known = stored as Params;
    return Object.entries(line).every(
      ([name, value]) =>
        saysTheSame(value, known[name], name) ||
        (name === 'owner_org' && isNameOf(value, known)) ||
        (name === 'url' && known['url_type'] === 'upload' && isFileOf(value, known)),
    );
  }
  if (key === 'format' && typeof line === 'string')
    return canonicalFormat(line) === canonicalFormat(String(stored));
  return (line ?? '') === (stored ?? '');
}

/** An owner may be given by its name. */
const isNameOf = (value: unknown, { organization }: Params): boolean =>
  typeof organization === 'object' && (organization as Params | null)?.['name'] === value;

/** The address of an uploaded file is each portal's own; what it is called is not. */
const isFileOf = (value: unknown, { url }: Params): boolean =>
  String(value).split('/').at(-1) === String(url).split('/').at(-1);
