import { readFileSync } from 'node:fs';
import type { Config } from '@portolan/kernel';

type SecretSettings = Pick<Config, 'tokenSecret' | 'tokenDecodeSecret' | 'secretKey'>;

// The settings are fixed while a process runs; a file is read once, not with every request.
const files = new Map<string, Uint8Array>();

/** The key that signs tokens; nothing when the site has no secret. */
export const signingKey = (settings: SecretSettings): Uint8Array | undefined =>
  settings.tokenSecret !== undefined ? keyOf(settings.tokenSecret) : fallback(settings);

/** The key that tokens are checked with: the signing key, unless there is one of its own. */
export const checkingKey = (settings: SecretSettings): Uint8Array | undefined =>
  settings.tokenDecodeSecret !== undefined ? keyOf(settings.tokenDecodeSecret) : signingKey(settings);

const fallback = ({ secretKey }: SecretSettings): Uint8Array | undefined =>
  secretKey === undefined ? undefined : Buffer.from(secretKey);

/** `string:…` is the key itself, `file:…` a file that holds it, with its last line feed as CKAN reads it. */
function keyOf(setting: string): Uint8Array {
  if (setting.startsWith('string:')) return Buffer.from(setting.slice('string:'.length));
  if (!setting.startsWith('file:')) return Buffer.from(setting);
  const path = setting.slice('file:'.length);
  let key = files.get(path);
  if (key === undefined) {
    key = readFileSync(path);
    files.set(path, key);
  }
  return key;
}
