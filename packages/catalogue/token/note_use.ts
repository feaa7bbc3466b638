import { PortolanError, timestamp } from '@portolan/kernel';
import type { Site } from '../action/call.ts';
import { rememberUse } from './recent_uses.ts';

/** Seconds between two notes of an account's activity, as CKAN has it by default. */
const activeInterval = 600;

/**
 * Notes when a token and its account were last used, at most once an interval, so that reading stays reading; uses in
 * between are kept in mind for `api_token_list`.
 * Nothing is noted while the site is read-only.
 */
export async function noteUse(
  site: Site,
  use: { token: string; id: string; last_access: string | null; last_active: string | null },
): Promise<void> {
  const now = site.runtime.now();
  const tokenIsDue = isDue(use.last_access, now, site.config.tokenAccessInterval);
  const userIsDue = isDue(use.last_active, now, activeInterval);
  rememberUse(site, use.token, now, tokenIsDue && !site.gate.closed);
  if (!tokenIsDue && !userIsDue) return;
  const moment = timestamp(now);
  try {
    await site.db.transact(async (tx) => {
      // The condition is asked again: of several requests at once, the first one writes.
      if (tokenIsDue)
        await tx.rows(
          `UPDATE api_token SET last_access = $2
           WHERE id = $1 AND last_access IS NOT DISTINCT FROM $3`,
          [use.token, moment, use.last_access],
        );
      if (userIsDue)
        await tx.rows(
          `UPDATE "user" SET last_active = $2 WHERE id = $1 AND last_active IS NOT DISTINCT FROM $3`,
          [use.id, moment, use.last_active],
        );
    });
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'readOnly') return;
    // A note that fails is no reason to refuse a request that is rightly signed.
    site.logger.warn({ err: error }, 'the use of a token was not noted');
  }
}

function isDue(noted: string | null, now: number, seconds: number): boolean {
  if (noted === null) return true;
  const moment = Date.parse(`${noted.replace(' ', 'T')}Z`);
  return Number.isNaN(moment) || now - moment >= seconds * 1000 || moment > now;
}
