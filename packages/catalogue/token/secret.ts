import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from '@portolan/kernel';

type SecretSettings = Pick<Config, 'tokenSecret' | 'tokenDecodeSecret' | 'secretKey'>;

// The settings are fixed while a process runs: keys are made, and files read, once and not with every request.
const keys = new Map<string, KeyObject>();

/** The key that signs tokens; nothing when the site has no secret. */
export function signingKey({ tokenSecret, secretKey }: SecretSettings): KeyObject | undefined {
  const setting = tokenSecret ?? (secretKey === undefined ? undefined : `string:${secretKey}`);
  return setting === undefined ? undefined : keyOf(setting);
}

/** The key that tokens are checked with: the signing key, unless there is one of its own. */
export const checkingKey = (settings: SecretSettings): KeyObject | undefined =>
  settings.tokenDecodeSecret !== undefined ? keyOf(settings.tokenDecodeSecret) : signingKey(settings);

function keyOf(setting: string): KeyObject {
  let key = keys.get(setting);
  if (key === undefined) {
    key = createSecretKey(bytesOf(setting));
    keys.set(setting, key);
  }
  return key;
}

/** `string:…` is the key itself, `file:…` a file that holds it, with its last line feed as CKAN reads it. */
function bytesOf(setting: string): Buffer {
  if (setting.startsWith('file:')) return readFileSync(setting.slice('file:'.length));
  return Buffer.from(setting.replace(/^string:/, ''));
}
