import type { LeafNode } from '../../ast/query_node.ts';
import type { TermRangeNode } from '../../ast/range_node.ts';
import { fieldOf, isTokenised } from '../../schema/field_type.ts';
import { type Column, columnOf } from './columns.ts';
import { type Compilation, type Compiled, direct, leafReference } from './compiled.ts';
import {
  boundConditions,
  exactSource,
  existsSource,
  expandedSource,
  likePattern,
  numberRangeSource,
  phraseSource,
  textTermSource,
  valuesSource,
} from './leaf_source.ts';
import { postgresExpression } from './regular_expression.ts';

const never = (scored: boolean) => direct('false', scored);

export function compileLeaf(node: LeafNode, compilation: Compilation, scored: boolean): Compiled {
  const { parameters } = compilation;
  const leaf = (source: string) => leafReference(source, compilation, scored);
  switch (node.kind) {
    case 'term': {
      const { type } = fieldOf(node.field);
      if (type === 'text_ngram') return compilePart(node.field, node.terms[0]!, compilation, scored);
      if (isTokenised(type)) return leaf(textTermSource(node.field, node.terms, scored, parameters));
      if (scored) return leaf(exactSource(node.field, node.terms, true, parameters));
      return compileExact(node.field, node.terms, compilation);
    }
    case 'termSet':
      return { ...compileExact(node.field, node.values, compilation), score: scored ? '1' : undefined };
    case 'phrase':
      // The parts of a text are no words, so they never stand side by side.
      if (fieldOf(node.field).type === 'text_ngram') return never(scored);
      return leaf(phraseSource(node, scored, parameters));
    case 'exists':
      return compileExists(node.field, compilation, scored);
    case 'pattern': {
      const pattern = parameters.add(likePattern(node.pieces), 'text');
      return compileShape(node.field, (value) => `${value} LIKE ${pattern}`, compilation, scored);
    }
    case 'regularExpression': {
      const expression = postgresExpression(node.source);
      if (expression === undefined) return never(scored);
      const fits = parameters.add(expression, 'text');
      return compileShape(node.field, (value) => `${value} ~ ${fits}`, compilation, scored);
    }
    case 'termRange':
      return compileShape(
        node.field,
        (value) => rangeCondition(node, value, compilation),
        compilation,
        scored,
      );
    case 'fuzzy': {
      const terms = compilation.expansions.get(node) ?? [];
      if (terms.length === 0) return never(scored);
      if (!isTokenised(fieldOf(node.field).type))
        return direct(compileExact(node.field, terms, compilation).condition, scored);
      return leaf(textTermSource(node.field, terms, scored, parameters));
    }
    case 'numberRange': {
      const column = columnOf(node.field);
      if (column?.kind !== 'number') return leaf(numberRangeSource(node, parameters));
      const bounds = boundConditions(node, column.sql, 'float8', parameters);
      return direct([`${column.sql} IS NOT NULL`, ...bounds].join(' AND '), scored);
    }
    case 'boxOverlap':
      return compileBox(node.box, compilation, scored);
  }
}

function rangeCondition(node: TermRangeNode, value: string, { parameters }: Compilation): string {
  return boundConditions(node, value, 'text', parameters).join(' AND ');
}

function compileExact(field: string, values: readonly string[], compilation: Compilation): Compiled {
  const { parameters } = compilation;
  const column = columnOf(field);
  if (!column || column.kind === 'number')
    return leafReference(exactSource(field, values, false, parameters), compilation, false);
  if (column.kind === 'list') return direct(`${column.sql} && ${parameters.add(values, 'text[]')}`, false);
  const condition =
    values.length === 1
      ? `${column.sql} = ${parameters.add(values[0], 'text')}`
      : `${column.sql} = ANY (${parameters.add(values, 'text[]')})`;
  return direct(`(${condition}) IS TRUE`, false);
}

function compileExists(field: string, compilation: Compilation, scored: boolean): Compiled {
  const column = columnOf(field);
  if (column?.kind === 'list') return direct(`cardinality(${column.sql}) > 0`, scored);
  if (column) return direct(`${column.sql} IS NOT NULL`, scored);
  return leafReference(
    existsSource(field.replace(/^(name|title)_ngram$/, '$1'), compilation.parameters),
    compilation,
    scored,
  );
}

type Shape = (value: string) => string;

// Wildcards, ranges and expressions: over the terms of a text field, or over whole values.
function compileShape(field: string, shape: Shape, compilation: Compilation, scored: boolean): Compiled {
  const { type } = fieldOf(field);
  const { parameters } = compilation;
  if (type === 'text' || type === 'text_general')
    return leafReference(expandedSource(field, shape('term'), parameters), compilation, scored);
  const column = type === 'text_ngram' ? ngramColumn(field) : columnOf(field);
  if (!column || column.kind === 'number')
    return leafReference(valuesSource(field, shape('v.value COLLATE "C"'), parameters), compilation, scored);
  if (column.kind === 'text') return direct(`(${shape(column.sql)}) IS TRUE`, scored);
  return direct(`EXISTS (SELECT FROM unnest(${column.sql}) AS v(value) WHERE ${shape('v.value')})`, scored);
}

function ngramColumn(field: string): Column {
  return { sql: field === 'name_ngram' ? 'lower(d.name)' : 'lower(d.title_string)', kind: 'text' };
}

const shortestPart = 2;
const longestPart = 10;

// `*_ngram` fields hold every part of two to ten characters of the whole text.
function compilePart(field: string, text: string, { parameters }: Compilation, scored: boolean): Compiled {
  const length = Array.from(text).length;
  if (length < shortestPart || length > longestPart) return never(scored);
  const { sql } = ngramColumn(field);
  return direct(`(strpos(${sql}, ${parameters.add(text, 'text')}) > 0) IS TRUE`, scored);
}

function compileBox(
  box: { west: number; south: number; east: number; north: number },
  { parameters }: Compilation,
  scored: boolean,
): Compiled {
  const of = (value: number) => parameters.add(value, 'float8');
  const [west, south, east, north] = [of(box.west), of(box.south), of(box.east), of(box.north)];
  const overlap = `greatest(0, least(${east}, d.maxx) - greatest(${west}, d.minx))
    * greatest(0, least(${north}, d.maxy) - greatest(${south}, d.miny))`;
  const areas = `((${east} - ${west}) * (${north} - ${south}) + (d.maxx - d.minx) * (d.maxy - d.miny))`;
  const ratio = `2 * ${overlap} / nullif(${areas}, 0)`;
  return {
    condition: `(d.minx IS NOT NULL AND ${ratio} > 0 AND ${ratio} <= 1) IS TRUE`,
    score: scored ? ratio : undefined,
    needsLeaf: false,
  };
}
