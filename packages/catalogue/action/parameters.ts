import { invalid, invalidMessage, missingValue, PortolanError } from '@portolan/kernel';
import { isListOfRecords, pythonJson } from '@portolan/schema';
import type { Params } from './call.ts';

const truths = ['true', 'yes', 'on', 'y', 't', '1'];
const falsehoods = ['false', 'no', 'off', 'n', 'f', '0'];

/** Python's truth of a value: nothing, zero, empty text, list and object are false. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** What CKAN's `not_empty` takes for missing: nothing, and empty text, lists and objects, but not zero or false. */
export const isNothing = (value: unknown): boolean => value !== 0 && value !== false && !isTruthy(value);

/** What was sent; a list of objects counts as not sent, since CKAN takes those apart. */
export function sent(params: Params, name: string): unknown {
  const value = params[name];
  return isListOfRecords(value) ? undefined : value;
}

/** A flag of a read (`include_…`, `all_fields`): words, booleans, numbers; anything else is the client's error. */
export function flag(params: Params, name: string, whenMissing: boolean): boolean {
  const value = params[name];
  if (value === undefined) return whenMissing;
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase();
    if (truths.includes(word)) return true;
    if (falsehoods.includes(word)) return false;
    throw invalidMessage('Parameter is not an bool');
  }
  return isTruthy(value);
}

/** A flag of which CKAN asks only whether the value is true in Python; a client that writes `false` means it. */
export function looseFlag(params: Params, name: string): boolean {
  const value = params[name];
  return typeof value === 'string' && falsehoods.includes(value.trim().toLowerCase())
    ? false
    : isTruthy(value);
}

/** A whole number as CKAN's `int_validator` reads it; `undefined` for missing, `null` or blank text. */
export function integer(params: Params, name: string): number | undefined {
  const value = sent(params, name);
  if (value === undefined || value === null) return undefined;
  const number = parseInteger(value);
  if (number === 'blank') return undefined;
  if (number === undefined) throw invalid({ [name]: ['Invalid integer'] });
  return number;
}

export function parseInteger(value: unknown): number | 'blank' | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '') return 'blank';
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

export function natural(params: Params, name: string): number | undefined {
  const value = integer(params, name);
  if (value !== undefined && value < 0) throw invalid({ [name]: ['Must be a natural number'] });
  return value;
}

/** CKAN's `get_or_bust`: all that is absent is told at once. @throws PortolanError `validation` */
export function requireSent(params: Params, names: readonly string[]): void {
  const missing = names.filter((name) => sent(params, name) === undefined);
  if (missing.length > 0) throw invalid(Object.fromEntries(missing.map((name) => [name, ['Missing value']])));
}

/**
 * The text of a parameter that must be there. Only an absent one is missing, as for CKAN's `get_or_bust`: null, an
 * empty text, a number or a list is a reference to nothing, which the empty text that is given back is too.
 */
export function requiredText(params: Params, name: string, missingName = name): string {
  const value = sent(params, name);
  if (value === undefined) throw missingValue(missingName);
  return typeof value === 'string' && !value.includes('\0') ? value : '';
}

/** A required text where CKAN takes whatever is false in Python (null, an empty text or list) for missing. */
export function filledText(params: Params, name: string, missingName = name): string {
  const value = sent(params, name);
  if (!isTruthy(value)) throw missingValue(missingName);
  return referenceText(value);
}

/** A text that is searched for: null is the empty text, anything else its JSON. */
export function soughtText(params: Params, name: string): string {
  const value = sent(params, name);
  if (value === undefined) throw missingValue(name);
  if (value === null) return '';
  return typeof value === 'string' ? referenceText(value) : pythonJson(value);
}

export function optionalText(params: Params, name: string): string | undefined {
  const value = params[name];
  return isTruthy(value) ? referenceText(value) : undefined;
}

/**
 * The text of an id or name. CKAN fails with a 500 for what is not text or holds a NUL; here such a reference
 * is simply of nothing.
 */
function referenceText(value: unknown): string {
  if (typeof value !== 'string' || value.includes('\0')) throw new PortolanError('notFound');
  return value;
}
