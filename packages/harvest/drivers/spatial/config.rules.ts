import { validationProfiles } from '@portolan/metadata';
import { ConfigurationError } from '../../driver.ts';
import { checkKeys, isBoolean, isDictionary, isList, parseConfigText } from '../config.rules.ts';

/** What CKAN's harvesters know nothing of. */
const ownKeys = [
  'delete_missing',
  'detect_license',
  'follow_paths',
  'take_over',
  'use_default_tag_schema',
  'validate_wms',
];

/** What a source says, else what the portal says. */
export const isWanted = (config: Record<string, unknown>, key: string, portal: boolean): boolean =>
  typeof config[key] === 'boolean' ? config[key] : portal;

/** Checks the configuration that all spatial sources have in common. @throws ConfigurationError */
export function validateSpatialConfig(text: string): string {
  if (text === '') return text;
  const config = parseConfigText(text);
  checkKeys(config, [['validator_profiles', isList]]);
  const known = new Set(validationProfiles.map(({ name }) => name));
  const unknown = ((config['validator_profiles'] ?? []) as unknown[]).filter(
    (one) => !known.has(String(one)),
  );
  if (unknown.length > 0) throw new ConfigurationError(`Unknown validation profile(s): ${unknown.join(',')}`);
  checkKeys(config, [
    ['default_tags', isList],
    ['default_extras', isDictionary],
    ['override_extras', isBoolean],
    ['clean_tags', isBoolean],
    ...ownKeys.map((key): [string, typeof isBoolean] => [key, isBoolean]),
  ]);
  return text;
}

/** The profiles that a source's records are checked against, in their order. */
export function profilesOf(
  config: Record<string, unknown>,
  portal: { validatorProfiles: readonly string[] },
): string[] {
  const own = config['validator_profiles'];
  return Array.isArray(own) && own.length > 0 ? own.map(String) : [...portal.validatorProfiles];
}
