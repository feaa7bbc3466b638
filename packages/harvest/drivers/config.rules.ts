import { ConfigurationError } from '../driver.ts';

/**
 * Parses a configuration text as CKAN's harvesters do, with the words of Python's JSON parser where it begins
 * with nothing that JSON knows. @throws ConfigurationError
 */
export function parseConfigText(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(pythonParserMessage(text), { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigurationError(
      typeof value === 'number' && Number.isInteger(value)
        ? "argument of type 'int' is not iterable"
        : 'The configuration must be a JSON object',
    );
  return value as Record<string, unknown>;
}

function pythonParserMessage(text: string): string {
  const start = text.search(/\S/);
  const before = text.slice(0, Math.max(0, start));
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  if (start < 0 || !/[{["\d\-tfnNI]/.test(text[start] ?? '') || /^[tfnNI]/.test(text.slice(start)))
    return `Expecting value: line ${line} column ${Math.max(1, column)} (char ${Math.max(0, start)})`;
  return 'The configuration is not valid JSON';
}

type Check = (value: unknown, key: string) => string | undefined;

/** Checks of single keys; each returns the message when the value is wrong. */
export const isBoolean: Check = (value, key) =>
  typeof value === 'boolean' ? undefined : `${key} must be boolean`;
export const isDictionary: Check = (value, key) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? undefined
    : `${key} must be a dictionary`;
export const isList: Check = (value, key) => (Array.isArray(value) ? undefined : `${key} must be a list`);

/** Runs the checks of the keys that are there, in the order of the table. @throws ConfigurationError */
export function checkKeys(config: Record<string, unknown>, checks: [string, Check][]): void {
  for (const [key, check] of checks) {
    if (!(key in config)) continue;
    const problem = check(config[key], key);
    if (problem !== undefined) throw new ConfigurationError(problem);
  }
}
