import { denied } from '@portolan/kernel';
import { type Call, callerName, type User } from '../action/call.ts';

/** No decision but this one: the action is for everybody. */
export const anyone = (): undefined => undefined;

/** CKAN's order: the portal's own work passes, a deleted account never, a sysadmin always; else the rule decides. */
export function alwaysAllowed(call: Call): boolean {
  if (call.ignoreAuth) return true;
  if (call.user?.state === 'deleted') throw denied();
  return call.user?.sysadmin === true;
}

/** For sysadmins; CKAN says no more than `Access denied`. */
export function sysadminOnly(call: Call): undefined {
  if (!alwaysAllowed(call)) throw denied();
}

/** For any logged-in account. */
export function loggedIn(call: Call, message?: string): User | undefined {
  if (alwaysAllowed(call)) return call.user;
  if (!call.user) throw denied(message);
  return call.user;
}

export const notAuthorised = (call: Call, what: string) =>
  denied(`User ${callerName(call)} not authorized to ${what}`);
