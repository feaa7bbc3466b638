import { invalid } from '@portolan/kernel';
import { pythonJson, pythonStr } from './python_text.ts';

/** Messages by parameter, gathered so that one answer names all that is wrong. */
export type Problems = Record<string, string[]>;

const isMissing = (value: unknown) => value === undefined || value === null;

/** A text; other values become their JSON. Missing values stay missing. */
export function textParameter(value: unknown): string | undefined {
  if (isMissing(value)) return undefined;
  return typeof value === 'string' ? value : pythonJson(value);
}

/** A whole number as CKAN's `int_validator` takes it; `'blank'` for an empty text, undefined for what is none. */
function wholeNumber(value: unknown): number | 'blank' | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '') return 'blank';
  return /^[+-]?\d+(?:_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}

/** @returns undefined where it is missing or wrong; a wrong one is added to `problems`. */
export function naturalNumber(name: string, value: unknown, problems: Problems): number | undefined {
  if (isMissing(value)) return undefined;
  const number = wholeNumber(value);
  if (number === undefined || number === 'blank') problems[name] = ['Invalid integer'];
  else if (number < 0) problems[name] = ['Must be a natural number'];
  else return number;
  return undefined;
}

/** `rows`: a second validator looks at the value as well, and speaks only where it cannot be cut to an integer. */
export function rowsNumber(value: unknown, most: number, problems: Problems): number {
  const standard = 10;
  if (isMissing(value) || value === '') return Math.min(standard, most);
  const rows = naturalNumber('rows', value, problems);
  if (rows !== undefined) return Math.min(rows, most);
  if (problems['rows']?.[0] === 'Invalid integer' && typeof value !== 'number')
    problems['rows'].push('Please enter an integer value');
  return 0;
}

/** `facet.limit`: any whole number; `'blank'` is told apart because only the engine of CKAN objects to it. */
export function integerParameter(
  name: string,
  value: unknown,
  problems: Problems,
): number | 'blank' | undefined {
  if (isMissing(value)) return undefined;
  const number = wholeNumber(value);
  if (number === undefined) problems[name] = ['Invalid integer'];
  return number;
}

/** A list of texts, or the JSON text of one. */
export function textListParameter(name: string, value: unknown, problems: Problems): string[] {
  if (isMissing(value)) return [];
  let list = value;
  const messages: string[] = [];
  if (typeof value === 'string') {
    try {
      list = JSON.parse(value);
    } catch {
      // The next check looks at the text itself and objects as well.
      messages.push('Could not parse as valid JSON');
    }
  }
  if (!Array.isArray(list)) messages.push('Not a list');
  else {
    const other = list.find((one) => typeof one !== 'string');
    if (other !== undefined) messages.push(`Not a string: ${pythonStr(other)}`);
    else return list as string[];
  }
  problems[name] = messages;
  return [];
}

const yes = new Set(['true', 'yes', 'on', 'y', 't', '1']);
const no = new Set(['false', 'no', 'off', 'n', 'f', '0']);

/** A switch: the words for yes and no, or anything else by its truth in Python. */
export function switchParameter(name: string, value: unknown, problems: Problems): boolean {
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase();
    if (yes.has(word)) return true;
    if (!no.has(word)) problems[name] = [`String is not true/false: '${word}'`];
    return false;
  }
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** @throws PortolanError `validation` with all of them, if any. */
export function refuse(problems: Problems): void {
  if (Object.keys(problems).length > 0) throw invalid(problems);
}
