import { checkKeys, isBoolean, parseConfigText } from '../config.rules.ts';
import type { Mapping } from './mapping.rules.ts';

/** @throws ConfigurationError */
export function validateDataJsonConfig(text: string): string {
  if (text === '') return text;
  checkKeys(parseConfigText(text), [
    ['additions', isBoolean],
    ['clean_tags', isBoolean],
  ]);
  return text;
}

/** How a source's records are mapped; what it does not say is the portal's to say. */
export const mappingOf = (
  config: Record<string, unknown>,
  { dataJsonAdditions }: { dataJsonAdditions: boolean },
): Mapping => ({
  additions: typeof config['additions'] === 'boolean' ? config['additions'] : dataJsonAdditions,
  cleanTags: config['clean_tags'] !== false,
});
