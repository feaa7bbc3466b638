import { type ErrorDict, invalid } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import type { Params } from '../../action/call.ts';
import { sent } from '../../action/parameters.ts';
import { isObject } from './path.rules.ts';

export interface ReviseRequest {
  match: Record<string, unknown>;
  /** Path to value, in the order of paths. */
  matchAt: [string, unknown][];
  filter: string[];
  update: Record<string, unknown>;
  /** Lists that grow come first, so that what is appended can be spoken of. */
  updateAt: [string, unknown][];
  include: string[];
  /** Id or name of the dataset. */
  reference: unknown;
}

/** Reads the parameters of package_revise. @throws PortolanError `validation` */
export function readRevise(params: Params): ReviseRequest {
  const errors: ErrorDict = {};
  const match = object('match');
  const update = object('update');
  const filter = patterns('filter', byComma);
  // CKAN splits the text of `filter` only, and goes through that of `include` letter by letter.
  const include = patterns('include', (text) => [...text]);
  if (Object.keys(errors).length > 0) throw invalid(errors);
  const matchAt = flattened(params, 'match__');
  const at = new Map(matchAt);
  const reference = [match['id'], at.get('id'), match['name'], at.get('name')].find(Boolean);
  if (reference === undefined) throw invalid({ match__id: 'Missing value' });
  const updateAt = flattened(params, 'update__');
  const extending = ([path]: [string, unknown]) => path.endsWith('__extend');
  return {
    match,
    matchAt,
    filter,
    update,
    updateAt: [...updateAt.filter(extending), ...updateAt.filter((entry) => !extending(entry))],
    include,
    reference,
  };

  function object(name: string): Record<string, unknown> {
    const value = decoded(sent(params, name));
    if (isObject(value)) return value;
    if (value !== undefined && value !== null) errors[name] = ['Must be a dict'];
    return {};
  }

  function patterns(name: string, split: (text: string) => string[]): string[] {
    const value = decoded(sent(params, name));
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'string') return split(value);
    if (Array.isArray(value)) {
      const stranger = value.find((pattern) => typeof pattern !== 'string');
      if (stranger !== undefined) errors[name] = [`Not a string: ${pythonWords(stranger)}`];
      return value.map(String);
    }
    errors[name] = ['Not a list'];
    return [];
  }
}

const byComma = (text: string): string[] => text.split(',').map((pattern) => pattern.trim());

function flattened(params: Params, prefix: string): [string, unknown][] {
  return Object.entries(params)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, unknown] => [name.slice(prefix.length), decoded(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A form has nothing but text, so text that is JSON is what it says; other text is itself. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: the text is the value.
    return value;
  }
}
