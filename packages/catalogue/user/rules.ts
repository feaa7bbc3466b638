import { timingSafeEqual } from 'node:crypto';
import { denied } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';
import type { UserRow } from './row.ts';

/** Accounts are for everybody to see, or for those who have one. */
export function maySeeUsers(call: Call): undefined {
  if (call.site.config.publicUserDetails || alwaysAllowed(call)) return;
  if (!call.user) throw denied();
}

/** The account itself, a sysadmin, or who holds the key of the last reset mail. */
export function mayEditUser(call: Call, user: UserRow, params: Params): void {
  if (alwaysAllowed(call) || holdsResetKey(user, params['reset_key'])) return;
  if (!call.user) throw denied('Have to be logged in to edit user');
  if (call.user.id !== user.id) throw notAuthorised(call, `edit user ${user.id}`);
}

/** A shorter key is none: an empty column must open nothing. */
const shortestKey = 5;

/** Whether it is the key of the last mail. */
export function holdsResetKey(user: UserRow, key: unknown): boolean {
  if (typeof key !== 'string' || user.reset_key === null || user.reset_key.length < shortestKey) return false;
  const [sent, stored] = [Buffer.from(key), Buffer.from(user.reset_key)];
  return sent.length === stored.length && timingSafeEqual(sent, stored);
}
