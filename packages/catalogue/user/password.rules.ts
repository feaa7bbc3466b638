import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { compare } from 'bcryptjs';

const derive = promisify(pbkdf2);

const rounds = 25_000;
const saltLength = 16;
const keyLength = 64;

/** Rounds that a stored hash may ask for; more would let one row hold a processor for minutes. */
const mostRounds = 10_000_000;
const mostBcryptCost = 15;

/** passlib's base64: no padding, `.` for `+`. */
const encode = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '.').replaceAll('=', '');
const decode = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64');

/** A hash as passlib's `pbkdf2_sha512` writes it, which CKAN reads too. `salt` is 16 random bytes. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const sum = await derive(password, salt, rounds, keyLength, 'sha512');
  return `$pbkdf2-sha512$${rounds}$${encode(salt)}$${encode(sum)}`;
}

/**
 * Whether a password belongs to a stored hash: passlib's PBKDF2, bcrypt, the salted SHA-1 of CKAN before 2.5, or
 * Drupal 7's.
 * No hash, or one in another form, belongs to no password.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  if (!stored) return false;
  const modern = /^\$pbkdf2-sha512\$(\d{1,8})\$([\w./]*)\$([\w./]+)$/.exec(stored);
  if (modern) {
    const count = Number(modern[1]);
    if (count < 1 || count > mostRounds) return false;
    const sum = await derive(password, decode(modern[2]!), count, keyLength, 'sha512');
    return equal(sum, decode(modern[3]!));
  }
  const [, cost] = /^\$2[abxy]\$(\d\d)\$[./\w]{53}$/.exec(stored) ?? [];
  if (cost !== undefined) return Number(cost) <= mostBcryptCost && (await compare(password, stored));
  if (/^[0-9a-f]{80}$/i.test(stored)) {
    const salt = stored.slice(0, 40);
    const sum = createHash('sha1').update(`${password}${salt}`).digest('hex');
    return equal(Buffer.from(sum), Buffer.from(stored.slice(40).toLowerCase()));
  }
  if (/^\$[SHP]\$/.test(stored)) {
    const sum = drupalHash(password, stored.slice(0, 12));
    return sum !== undefined && equal(Buffer.from(sum), Buffer.from(stored));
  }
  return false;
}

/** Whether a hash that was just verified should be replaced by one of today's strength. */
export function isOutdated(stored: string): boolean {
  const modern = /^\$pbkdf2-sha512\$(\d+)\$([\w./]*)\$/.exec(stored);
  if (!modern) return true;
  return Number(modern[1]) < rounds || decode(modern[2]!).length < saltLength;
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

const drupalAlphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const drupalLength = 55;
/** Drupal's own bounds of the exponent. */
const drupalExponents = { least: 7, most: 30 };

function drupalHash(password: string, setting: string): string | undefined {
  const exponent = drupalAlphabet.indexOf(setting[3] ?? ' ');
  if (exponent < drupalExponents.least || exponent > drupalExponents.most || setting.length < 12)
    return undefined;
  const algorithm = setting.startsWith('$S$') ? 'sha512' : 'md5';
  const secret = Buffer.from(password);
  const digest = (salt: Uint8Array) => createHash(algorithm).update(salt).update(secret).digest();
  let sum = digest(Buffer.from(setting.slice(4, 12)));
  for (let count = 2 ** exponent; count > 0; count--) sum = digest(sum);
  return (setting + drupalBase64(sum)).slice(0, drupalLength);
}

/** Little-endian groups of three bytes. */
function drupalBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const value = group.reduce<number>((sum, byte, index) => sum + (byte ?? 0) * 256 ** index, 0);
    const letters = 1 + group.filter((byte) => byte !== undefined).length;
    for (let index = 0; index < letters; index++)
      text += drupalAlphabet[Math.floor(value / 64 ** index) % 64];
  }
  return text;
}
