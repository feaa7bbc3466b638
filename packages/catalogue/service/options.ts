import { declarations, invalid, timestamp } from '@portolan/kernel';
import { pythonJson } from '@portolan/schema';
import type { Call, Params, WriteCall } from '../action/call.ts';

/** Options that CKAN lets sysadmins change while it runs; those with a setting of ours take effect at once. */
const settings = {
  'ckan.site_title': 'siteTitle',
  'ckan.site_description': 'siteDescription',
  'ckan.site_url': 'siteUrl',
} as const;

export const editableOptions = [
  'ckan.site_title',
  'ckan.site_logo',
  'ckan.site_url',
  'ckan.site_description',
  'ckan.site_about',
  'ckan.site_intro_text',
  'ckan.site_custom_css',
  'ckan.theme',
  'logo_upload',
  'clear_logo_upload',
];

const isSetting = (key: string): key is keyof typeof settings => Object.hasOwn(settings, key);

/** The value in force: what was last updated, else the configuration's. */
export async function readOption(call: Call, key: string): Promise<string> {
  const rows = await call.sql.prepared<{ value: string | null }>(
    'read_option',
    `SELECT value FROM system_info WHERE key = $1 AND state = 'active'`,
    [key],
  );
  const configured = isSetting(key) ? call.site.config[settings[key]] : '';
  return rows[0]?.value ?? configured;
}

/**
 * Keeps options where CKAN keeps them, and tells every process about those that are settings.
 * @throws PortolanError `validation`
 */
export async function writeOptions(call: WriteCall, params: Params): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(params))
    if (value !== null && value !== undefined)
      values[key] = typeof value === 'string' ? value : pythonJson(value);
  const overrides: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (!isSetting(key)) continue;
    try {
      declarations[settings[key]].parse(value);
    } catch (error) {
      throw Object.assign(invalid({ [key]: [`Must be ${(error as Error).message}`] }), { cause: error });
    }
    overrides[key] = value;
  }
  if (Object.keys(values).length === 0) return values;
  await call.sql.rows(
    `INSERT INTO system_info (key, value, state)
     SELECT key, value, 'active' FROM jsonb_each_text($1::jsonb)
     UNION ALL SELECT 'ckan.config_update', $2, 'active'
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, state = 'active'`,
    [JSON.stringify(values), String(call.site.runtime.now() / 1000)],
  );
  if (Object.keys(overrides).length > 0)
    await call.sql.rows(
      `UPDATE portolan.control SET epoch = epoch + 1, settings = settings || $1::jsonb, changed = $2
       RETURNING pg_notify('portolan_control', '')`,
      [JSON.stringify(overrides), `${timestamp(call.site.runtime.now())}Z`],
    );
  return values;
}
