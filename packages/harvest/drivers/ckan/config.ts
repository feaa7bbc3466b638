import type { Sql } from '@portolan/db';
import { type ConfigFacts, ConfigurationError } from '../../driver.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { checkKeys, isBoolean, isDictionary, isList, parseConfigText } from '../config.rules.ts';

const isInteger = (value: unknown, key: string) =>
  typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value))
    ? undefined
    : `${key} must be an integer`;

/**
 * Checks the configuration of a CKAN source. Default groups are resolved and stored beside their names.
 * Texts and order: ckanext-harvest's CKAN harvester. @throws ConfigurationError
 */
export async function validateCkanConfig(text: string, facts: ConfigFacts): Promise<string> {
  if (text === '') return text;
  const config = parseConfigText(text);
  checkKeys(config, [
    ['api_version', isInteger],
    ['default_tags', isList],
  ]);
  const tags = (config['default_tags'] ?? []) as unknown[];
  if (tags.some((tag) => isDictionary(tag, '') !== undefined))
    throw new ConfigurationError('default_tags must be a list of dictionaries');
  const withGroups = 'default_groups' in config ? await resolveGroups(config, facts) : false;
  checkKeys(config, [['default_extras', isDictionary]]);
  for (const kind of ['organizations', 'groups'])
    if (`${kind}_filter_include` in config && `${kind}_filter_exclude` in config)
      throw new ConfigurationError(
        `Harvest configuration cannot contain both ${kind}_filter_include and ${kind}_filter_exclude`,
      );
  if ('user' in config) await checkUser(config['user'], facts.sql);
  checkKeys(config, [
    ['read_only', isBoolean],
    ['force_all', isBoolean],
    ['override_extras', isBoolean],
    ['clean_tags', isBoolean],
    ['delete_missing', isBoolean],
    ['deletion_guard', isBoolean],
    ['take_over', isBoolean],
  ]);
  return withGroups ? pythonJson(config) : text;
}

async function resolveGroups(config: Record<string, unknown>, facts: ConfigFacts): Promise<boolean> {
  const groups = config['default_groups'];
  if (!Array.isArray(groups))
    throw new ConfigurationError('default_groups must be a *list* of group names/ids');
  if (groups.length > 0 && typeof groups[0] !== 'string')
    throw new ConfigurationError('default_groups must be a list of group names/ids (i.e. strings)');
  const dicts: unknown[] = [];
  for (const reference of groups) {
    const found = await facts.group(String(reference));
    if (!found) throw new ConfigurationError('Default group not found');
    dicts.push(found);
  }
  config['default_group_dicts'] = dicts;
  return true;
}

async function checkUser(reference: unknown, sql: Sql): Promise<void> {
  const found = await sql.rows(`SELECT FROM "user" WHERE id = $1 OR name = $1`, [String(reference)]);
  if (found.length === 0) throw new ConfigurationError('User not found');
}
