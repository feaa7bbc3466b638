import { isEmptyToJava } from '../analysis/white_space.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termSetNode } from '../ast/term_set_node.ts';
import { mostFacets } from '../parser/limits.ts';
import { readLocalParameters } from '../parser/local_parameters.ts';
import { fieldOf } from '../schema/field_type.ts';
import { parseBox } from './bounding_box.ts';
import {
  integerParameter,
  naturalNumber,
  type Problems,
  refuse,
  rowsNumber,
  switchParameter,
  textListParameter,
  textParameter,
} from './coercion.ts';
import { type FieldList, parseFieldList } from './field_list.ts';
import { filterQueries, mainQuery, type QueryContext } from './main_query.ts';
import { pythonRepr, pythonStr } from './python_text.ts';
import { engineError, searchError, searchQueryError } from './search_error.ts';
import { parseSort, type SortItem } from './sort.ts';

/** A search as an engine runs it: nothing is left to read, to default or to refuse. */
export interface EffectiveQuery {
  query: QueryNode;
  /** Each of them must match; none scores. */
  filters: QueryNode[];
  sort: SortItem[];
  /** As the answer repeats it. */
  sortText: string;
  start: number;
  rows: number;
  facets: FacetRequest | undefined;
  /** Whole datasets carry their own JSON text once more, as CKAN's default schema has it. */
  defaultSchema: boolean;
  /** Absent: whole datasets. */
  fieldList: FieldList | undefined;
}

export interface FacetRequest {
  fields: string[];
  /** Values per field; negative is all of them. */
  limit: number;
  minimumCount: number;
}

export interface Caller {
  /** What the caller may see; undefined is everything. */
  labels: string[] | undefined;
}

export interface SearchConfig {
  rowsMax: number;
  defaultSort: string;
  facetsLimit: number;
  allowedParsers: string[];
  lowercaseOperators: 'fielded' | 'strict';
}

export type Parameters = Record<string, unknown>;

const known = new Set(
  'q fl fq rows sort start wt qf bf boost facet facet.mincount facet.limit facet.field extras fq_list tie defType mm df'
    .split(' ')
    .concat(
      'include_private',
      'include_drafts',
      'include_deleted',
      'use_default_schema',
      'callback',
      'abort_search',
    ),
);

const furthest = 2 ** 31 - 1;

/**
 * From the parameters of `package_search`, decoded but otherwise as they came, to what is searched
 * (spec/search 2.1, 2.2).
 * @throws PortolanError `validation`, `searchQuery` or `search` in CKAN's words.
 */
export function effectiveQuery(
  parameters: Parameters,
  caller: Caller,
  config: SearchConfig,
  now: number,
): EffectiveQuery {
  const { given, junk } = setAside(parameters);
  const problems: Problems = {};
  const rows = rowsNumber(given['rows'], config.rowsMax, problems);
  const start = naturalNumber('start', given['start'], problems) ?? 0;
  const minimumCount = naturalNumber('facet.mincount', given['facet.mincount'], problems) ?? 1;
  const limit = integerParameter('facet.limit', given['facet.limit'], problems) ?? config.facetsLimit;
  const fields = textListParameter('facet.field', given['facet.field'], problems);
  const fieldListText = fieldListParameter(given['fl'], problems);
  const extraFilters = filterListParameter(given['fq_list'], problems);
  const include = (name: string) => switchParameter(name, given[name], problems);
  const wanted = {
    private: include('include_private'),
    draft: include('include_drafts'),
    deleted: include('include_deleted'),
  };
  const defaultSchema = include('use_default_schema');
  refuse(problems);

  const box = given['ext_bbox'] ? parseBox(given['ext_bbox']) : undefined;
  refuseUnknown(given, junk);
  const text = (name: string) => textParameter(given[name]);
  const fq = filterText(text('fq') ?? '', wanted);
  const sortText = [undefined, 'rank'].includes(text('sort')) ? config.defaultSort : text('sort')!;
  refuseLocalParameters(given, config.allowedParsers);

  const context: QueryContext = { now, lowercaseOperators: config.lowercaseOperators };
  const filters = [fq, ...extraFilters.filter((one) => !isEmptyToJava(one))];
  if (!filters.some((one) => one.includes('+state:'))) filters.push('+state:active');
  const q = text('q');
  const query = mainQuery(
    {
      q: !q || q === '""' || q === "''" ? '*:*' : q,
      defType: given['defType'],
      qf: text('qf'),
      mm: given['mm'],
      tie: given['tie'],
      bf: given['bf'],
      boost: given['boost'],
      box,
    },
    context,
  );
  const sort = parseSort(sortText);
  if (start + rows > furthest)
    throw engineError(`start=${start}`, 'start and rows exceed what can be counted');
  const nodes = filterQueries(filters, context);
  if (caller.labels) nodes.push(termSetNode('permission_labels', caller.labels));
  const aborted = Boolean(given['abort_search']);
  return {
    query: aborted ? nothing : query,
    filters: nodes,
    sort,
    sortText,
    start,
    rows,
    facets: aborted ? undefined : facetRequest(text('facet'), fields, limit, minimumCount),
    defaultSchema,
    fieldList: fieldListText === undefined ? undefined : parseFieldList(fieldListText),
  };
}

// Any value that Python takes for false asks for whole datasets.
function fieldListParameter(value: unknown, problems: Problems): string | undefined {
  if (typeof value === 'string') return value;
  if (!isTrue(value)) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(' ');
  problems['fl'] = ['Not a list of strings'];
  return undefined;
}

const isTrue = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

// Whatever Python can iterate over: of a single text that is its characters, which is why one `fq_list=` in a
// query string finds nothing in CKAN either.
function filterListParameter(value: unknown, problems: Problems): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return Array.from(value);
  if (Array.isArray(value)) return value.map(pythonStr);
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  problems['fq_list'] = ['Not a list'];
  return [];
}

// To CKAN's validation a list that begins with an object is a part of the form that the form does not have: what
// such objects hold is junk, and the parameter itself is missing.
function setAside(parameters: Parameters): { given: Parameters; junk: boolean } {
  const isPart = (value: unknown): value is unknown[] => Array.isArray(value) && isObject(value[0]);
  const entries = Object.entries(parameters);
  return {
    given: Object.fromEntries(entries.filter(([, value]) => !isPart(value))),
    junk: entries.some(([, value]) => isPart(value) && value.some(isTrue)),
  };
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseUnknown(given: Parameters, junk: boolean): void {
  const unknown = Object.keys(given).filter((name) => !known.has(name) && !name.startsWith('ext_'));
  if (junk) unknown.push('__junk');
  if (unknown.length > 0)
    throw searchQueryError(`Invalid search parameters: [${unknown.map(pythonRepr).join(', ')}]`);
}

// The harvesters' own datasets are hidden from whoever does not ask for them by this very text.
function filterText(fq: string, wanted: { private: boolean; draft: boolean; deleted: boolean }): string {
  let text = fq.includes('dataset_type:harvest') ? fq : `${fq} -dataset_type:harvest`;
  if (!wanted.private) text = `+capacity:public ${text}`;
  if (text.includes('+state')) return text;
  const states = ['active', ...(['draft', 'deleted'] as const).filter((state) => wanted[state])];
  return `${text} +state:(${states.join(' OR ')})`;
}

function refuseLocalParameters(given: Parameters, allowed: string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('ext_')) continue;
    for (const text of Array.isArray(value) ? value : [value]) {
      const local = typeof text === 'string' ? readLocalParameters(text) : undefined;
      if (!local) continue;
      if ('problem' in local)
        throw searchQueryError(`Could not parse incoming local parameters: ${local.problem}`);
      if (!allowed.includes(local.parser))
        throw searchError(`Local parameters are not supported in param '${name}'.`);
    }
  }
}

function facetRequest(
  facet: string | undefined,
  fields: string[],
  limit: number | 'blank',
  minimumCount: number,
): FacetRequest | undefined {
  if (!isOn(facet ?? 'true')) return undefined;
  if (limit === 'blank' || limit > furthest)
    throw engineError(`facet.limit=${limit}`, `For input string: "${limit}"`);
  for (const name of fields) {
    const { type } = fieldOf(name);
    if (type === 'date' || type === 'int' || type === 'float')
      throw engineError(`facet.field=${name}`, "Can't facet on a PointField without docValues");
  }
  const distinct = [...new Set(fields)];
  if (distinct.length > mostFacets)
    throw engineError(`facet.field=${distinct[0]}, …`, `more than ${mostFacets} fields`);
  return { fields: distinct, limit, minimumCount };
}

function isOn(word: string): boolean {
  if (/^(?:true|on|yes)/i.test(word)) return true;
  if (/^(?:false|off|no)/i.test(word)) return false;
  throw engineError(`facet=${word}`, `invalid boolean value: ${word}`);
}
