import type { Config } from '@portolan/kernel';
import { imageUrl } from '../dataset/presenter.ts';
import { isoTime } from '../dataset/time.ts';
import type { GroupRow } from './row.ts';

export type GroupDict = Record<string, unknown> & { id: string; name: string; display_name: string };

/** The row itself, as activities keep it. */
export const presentRow = (group: GroupRow) => ({ ...group, created: isoTime(group.created) });

/** What all answers about an organisation or group have in common. Source: CKAN `group_dictize`. */
export const presentGroup = (group: GroupRow, settings: Pick<Config, 'siteUrl'>): GroupDict => ({
  ...presentRow(group),
  display_name: group.title || group.name,
  image_display_url: imageUrl(group.image_url, 'group', settings),
});
