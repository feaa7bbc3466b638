// Types whose sources can be kept and whose configuration is checked, ahead of their harvesting.
import { ConfigurationError, type Driver, GatherFailure, ObjectFailure } from '../driver.ts';
import { checkKeys, isBoolean, isDictionary, isList, parseConfigText } from './config.rules.ts';

type Named = Pick<Driver, 'name' | 'title' | 'description' | 'validateConfig'>;

function announced(named: Named): Driver {
  const message = `Sources of type ${named.name} cannot be harvested yet`;
  return {
    ...named,
    reimport: 'changed',
    // biome-ignore lint/correctness/useYield: there is nothing to list
    async *gather() {
      throw new GatherFailure(message);
    },
    toDataset() {
      throw new ObjectFailure(message);
    },
  };
}

const profiles = [
  'iso19139',
  'iso19139eden',
  'iso19139ngdc',
  'constraints',
  'constraints-1.4',
  'gemini2',
  'gemini2-1.3',
  'fgdc_minimal',
  'iso19139base',
];

function validateSpatialConfig(text: string): string {
  if (text === '') return text;
  const config = parseConfigText(text);
  checkKeys(config, [['validator_profiles', isList]]);
  const unknown = ((config['validator_profiles'] ?? []) as unknown[]).filter(
    (one) => !profiles.includes(String(one)),
  );
  if (unknown.length > 0) throw new ConfigurationError(`Unknown validation profile(s): ${unknown.join(',')}`);
  checkKeys(config, [
    ['default_tags', isList],
    ['default_extras', isDictionary],
    ['override_extras', isBoolean],
    ['clean_tags', isBoolean],
  ]);
  return text;
}

export const cswDriver = announced({
  name: 'csw',
  title: 'CSW Server',
  description: "A server that implements OGC's Catalog Service for the Web (CSW) standard",
  validateConfig: validateSpatialConfig,
});

export const wafDriver = announced({
  name: 'waf',
  title: 'Web Accessible Folder (WAF)',
  description: 'A Web Accessible Folder (WAF) displaying a list of spatial metadata documents',
  validateConfig: validateSpatialConfig,
});

export const singleDocDriver = announced({
  name: 'single-doc',
  title: 'Single spatial metadata document',
  description: 'A single spatial metadata document',
  validateConfig: validateSpatialConfig,
});
