import type { EffectiveQuery } from '../../query/effective_query.ts';
import { compile } from './compile.ts';
import type { Compilation, Compiled } from './compiled.ts';
import { type Facet, facetOf, facetQuery } from './facet.ts';
import { sortKeys } from './order.ts';
import { Parameters } from './parameters.ts';

export interface Statement {
  text: string;
  values: unknown[];
  facets: Facet[];
}

/**
 * The one statement of a search: each leaf is looked up in its index, the documents' rows are held against what
 * they matched, and count, facets and page come from the same set.
 */
export function searchStatement(query: EffectiveQuery, expansions: ReadonlyMap<object, string[]>): Statement {
  const parameters = new Parameters();
  const compilation: Compilation = { parameters, leaves: new Map(), expansions };
  const scored = query.sort.some(({ by }) => by === 'score') || query.fieldList?.score === true;
  const main = compile(query.query, compilation, scored);
  const filters = query.filters.map((filter) => compile(filter, compilation, false));
  const parts = [main, ...filters];
  const request = query.facets?.limit === 0 ? undefined : query.facets;
  const facets = request?.fields.map((field) => facetOf(field, parameters)) ?? [];
  const keys = sortKeys(query.sort, scored ? (main.score ?? '0') : '0', parameters);
  const order = [...keys.map(({ direction }, place) => `k${place} ${direction}`), 'number'].join(', ');
  const columns = [
    'd.number',
    `${scored ? main.score : 'NULL'}::float8 AS score`,
    ...keys.map(({ sql }, place) => `${sql} AS k${place}`),
    ...facets.map(({ values }, place) => `${values} AS f${place}`),
  ];
  const counted = request ? facets.map((facet, place) => facetQuery(facet, place, request, parameters)) : [];
  const page = `SELECT number, score, row_number() OVER (ORDER BY ${order}) AS place
    FROM matched ORDER BY ${order}
    LIMIT ${parameters.add(query.rows, 'bigint')} OFFSET ${parameters.add(query.start, 'bigint')}`;
  const text = `WITH ${[
    statistics,
    ...leafTables(compilation),
    `matched AS MATERIALIZED (SELECT ${columns.join(', ')} FROM portolan.search_document AS d
      ${joinOf(compilation, parts)}
      WHERE ${parts.map(({ condition }) => `(${condition})`).join(' AND ')})`,
  ].join(',\n')}
  SELECT 'count' AS kind, NULL AS name, NULL AS value, count(*) AS amount,
    NULL AS document, NULL::jsonb AS fields, NULL::float8 AS score, 0::bigint AS place FROM matched
  ${counted.map((one) => `UNION ALL SELECT 'facet', name, value, amount, NULL, NULL, NULL, 0 FROM (${one}) AS f`).join('\n')}
  UNION ALL SELECT * FROM (${pageRows(page, query)}) AS hits`;
  return { ...parameters.finish(text), facets };
}

const statistics = `statistic AS MATERIALIZED (
  SELECT field, nullif(sum(documents), 0)::float8 AS documents, sum(tokens)::float8 AS tokens
  FROM portolan.search_statistic GROUP BY field)`;

function leafTables({ leaves }: Compilation): string[] {
  if (leaves.size === 0) return [];
  const sources = [...leaves].map(
    ([source, number]) => `SELECT ${number} AS leaf, l.* FROM (${source}) AS l`,
  );
  const scores = [...leaves.values()].map(
    (number) => `max(score) FILTER (WHERE leaf = ${number}) AS s${number}`,
  );
  return [
    `leaf AS (${sources.join('\nUNION ALL ')})`,
    `pivot AS MATERIALIZED (SELECT number, ${scores.join(', ')} FROM leaf GROUP BY number)`,
  ];
}

// Where no document can match without a leaf, the rows of the others are not even read.
function joinOf({ leaves }: Compilation, parts: Compiled[]): string {
  if (leaves.size === 0) return '';
  const kind = parts.some(({ needsLeaf }) => needsLeaf) ? 'JOIN' : 'LEFT JOIN';
  return `${kind} pivot AS p ON p.number = d.number`;
}

// An entry without its dataset is counted and not shown, as in CKAN.
function pageRows(page: string, { fieldList }: EffectiveQuery): string {
  if (fieldList)
    return `SELECT 'hit', d.package_id, NULL, NULL::bigint, ${wantsDataset(fieldList) ? 'o.document' : 'NULL'},
        d.fields, page.score, place
      FROM (${page}) AS page JOIN portolan.search_document AS d ON d.number = page.number
      ${wantsDataset(fieldList) ? 'LEFT JOIN portolan.dataset_document AS o ON o.package_id = d.package_id' : ''}
      ORDER BY place`;
  return `SELECT 'hit', d.package_id, NULL, NULL::bigint, o.document, NULL::jsonb, page.score, place
    FROM (${page}) AS page
    JOIN portolan.search_document AS d ON d.number = page.number
    JOIN portolan.dataset_document AS o ON o.package_id = d.package_id
    ORDER BY place`;
}

const wantsDataset = ({ everything, names }: NonNullable<EffectiveQuery['fieldList']>) =>
  everything || names.has('data_dict') || names.has('validated_data_dict');
