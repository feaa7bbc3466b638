import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { Site } from '../action/call.ts';
import { expiryExtra } from './expiry.rules.ts';
import { encodeToken } from './jwt.ts';

export interface NewToken {
  userId: string;
  name: string;
  /** Id of the row, when it has to be a certain one. */
  id?: string | undefined;
  /** Milliseconds since the epoch, when it has to be a certain moment: with `id`, the same token comes out. */
  issued?: number | undefined;
  /** Seconds that the token lasts. */
  lifetime?: number | undefined;
  lastAccess?: string | null | undefined;
  extras?: Record<string, unknown> | undefined;
}

/** Makes a token for an account. The text is shown once and stored nowhere. */
export async function createToken(
  site: Site,
  tx: Tx,
  token: NewToken,
): Promise<{ id: string; token: string }> {
  const issued = token.issued ?? site.runtime.now();
  const id = token.id ?? site.runtime.bytes(site.config.tokenBytes).toString('base64url');
  const expires = token.lifetime === undefined ? undefined : issued + token.lifetime * 1000;
  const extras =
    expires === undefined ? token.extras : { ...token.extras, [expiryExtra]: { exp: timestamp(expires) } };
  await tx.rows(
    `INSERT INTO api_token (id, name, user_id, created_at, last_access, plugin_extras)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
    [
      id,
      token.name,
      token.userId,
      timestamp(issued),
      token.lastAccess ?? null,
      extras === undefined ? null : JSON.stringify(extras),
    ],
  );
  return {
    id,
    token: await encodeToken(site.config, {
      id,
      issued: Math.floor(issued / 1000),
      expires: expires === undefined ? undefined : Math.floor(expires / 1000),
    }),
  };
}
