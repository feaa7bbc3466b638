import { createHash } from 'node:crypto';

/** UUID version 5 of RFC 9562: the same parts give the same id, in every process and after every crash. */
export function deterministicId(...parts: string[]): string {
  // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
  const name = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  const hash = createHash('sha1').update('portolan.harvest').update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const contentHash = (content: string): string =>
  createHash('sha256').update(content).digest('base64url');

const uuidLike = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** What two GUIDs have in common when they mean the same record: blanks, braces and the case of a UUID aside. */
export function guidKey(guid: string): string {
  const bare = guid.trim().replace(/^\{(.*)\}$/, '$1');
  return uuidLike.test(bare) ? bare.toLowerCase() : bare;
}
