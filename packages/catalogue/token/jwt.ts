import type { Config } from '@portolan/kernel';
import { JOSEError } from 'jose/errors';
import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import { checkingKey, signingKey } from './secret.ts';

type TokenSettings = Pick<Config, 'tokenAlgorithm' | 'tokenSecret' | 'tokenDecodeSecret' | 'secretKey'>;

export interface TokenClaims {
  /** Id of the token's row. */
  id: string;
  /** Seconds since the epoch. */
  issued: number;
  /** Seconds since the epoch; without it the token lasts. */
  expires?: number | undefined;
}

/** Clocks of two nodes of a site may differ by so many seconds. */
const leeway = 60;

/** The text that a client sends: CKAN's JWT form, so that either can read the other's tokens. */
export async function encodeToken(settings: TokenSettings, claims: TokenClaims): Promise<string> {
  const key = signingKey(settings);
  if (key === undefined) throw new Error('There is no secret to sign API tokens with: set SECRET_KEY');
  const token = new SignJWT({ jti: claims.id })
    .setProtectedHeader({ alg: settings.tokenAlgorithm, typ: 'JWT' })
    .setIssuedAt(claims.issued);
  if (claims.expires !== undefined) token.setExpirationTime(claims.expires);
  return token.sign(key);
}

/**
 * What a token says of itself, or nothing for a text that is no token of this site or that has expired. Only the
 * site's own algorithm is accepted, whatever the token's header says.
 */
export async function decodeToken(
  settings: TokenSettings,
  token: string,
  now: number,
): Promise<TokenClaims | undefined> {
  const key = checkingKey(settings);
  if (key === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [settings.tokenAlgorithm],
      currentDate: new Date(now),
      clockTolerance: leeway,
    });
    return typeof payload.jti === 'string' && !payload.jti.includes('\0')
      ? { id: payload.jti, issued: payload.iat ?? 0, expires: payload.exp }
      : undefined;
  } catch (error) {
    // A bad token is no error: its bearer is anonymous.
    if (error instanceof JOSEError) return undefined;
    throw error;
  }
}
