import { createHash } from 'node:crypto';
import type { Config } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { imageUrl } from '../dataset/presenter.ts';
import { isoTime } from '../dataset/time.ts';
import type { UserRow } from './row.ts';

export type UserDict = Record<string, unknown> & { id: string; name: string };

/** What anybody may see of an account. Source: CKAN `user_dictize`. */
export function presentUser(user: UserRow, settings: Pick<Config, 'siteUrl'>): UserDict {
  return {
    about: user.about,
    activity_streams_email_notifications: user.activity_streams_email_notifications,
    created: isoTime(user.created),
    display_name: displayName(user),
    email_hash: createHash('md5')
      .update((user.email ?? '').trim().toLowerCase())
      .digest('hex'),
    fullname: user.fullname,
    id: user.id,
    image_display_url: imageUrl(user.image_url, 'user', settings),
    image_url: user.image_url,
    last_active: isoTime(user.last_active),
    name: user.name,
    number_created_packages: user.number_created_packages,
    state: user.state,
    sysadmin: user.sysadmin,
  };
}

/** What the account itself, sysadmins and the portal's own work see. */
export const presentOwnUser = (user: UserRow, settings: Pick<Config, 'siteUrl'>): UserDict => ({
  ...presentUser(user, settings),
  apikey: user.apikey,
  email: user.email,
});

export const mayActFor = (call: Call, user: { id: string }): boolean =>
  call.ignoreAuth || call.user?.sysadmin === true || call.user?.id === user.id;

export const presentUserTo = (call: Call, user: UserRow): UserDict =>
  mayActFor(call, user) ? presentOwnUser(user, call.site.config) : presentUser(user, call.site.config);

export const displayName = (user: { fullname: string | null; name: string }): string =>
  isTruthy(user.fullname?.trim()) ? user.fullname! : user.name;
