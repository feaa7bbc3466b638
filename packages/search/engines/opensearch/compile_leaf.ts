import type { LeafNode } from '../../ast/query_node.ts';
import type { Bound, NumberRangeNode, TermRangeNode } from '../../ast/range_node.ts';
import type { TermNode } from '../../ast/term_node.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { type Clause, constantly, noDocument } from './clauses.ts';
import { compileBox } from './compile_box.ts';
import { compileExpression, compilePattern, patternText } from './compile_pattern.ts';
import { afterName } from './marks.ts';
import { numberPath, partsPath, placeOf, presencePath, scoredPath, textPlace, valuePlace } from './place.ts';
import { datesPath, dateValue } from './sort_values.ts';
import { indexTerm, written } from './terms.ts';

export function compileLeaf(node: LeafNode, scored: boolean): Clause {
  const { type } = node.kind === 'boxOverlap' ? { type: undefined } : fieldOf(node.field);
  switch (node.kind) {
    case 'term':
      return type === 'text_ngram' ? compilePart(node) : compileTerm(node, scored);
    case 'termSet': {
      const place = valuePlace(node.field);
      return { terms: { [place.path]: node.values.map((value) => indexTerm(place, value)) } };
    }
    case 'phrase': {
      // Exact values have no places, and the parts of a text never stand side by side.
      if (type !== 'text' && type !== 'text_general') return noDocument;
      const place = textPlace(node.field);
      return { match_phrase: { [place.path]: { query: written(place, node.positions), slop: node.slop } } };
    }
    case 'exists':
      return constantly({ term: { [presencePath]: node.field } });
    case 'pattern':
      return compilePattern(node);
    case 'regularExpression':
      return compileExpression(node);
    case 'fuzzy': {
      const place = placeOf(node.field);
      return {
        fuzzy: {
          [place.path]: {
            value: indexTerm(place, node.term),
            fuzziness: node.edits,
            prefix_length: place.prefix.length,
            max_expansions: 50,
            transpositions: true,
          },
        },
      };
    }
    case 'termRange':
      return compileTermRange(node);
    case 'numberRange':
      return compileNumberRange(node);
    case 'boxOverlap':
      return compileBox(node);
  }
}

/** Several terms score as one, Lucene's synonyms; exact fields have no places for terms to share. */
function compileTerm({ field, terms }: TermNode, scored: boolean): Clause {
  const place = placeOf(field);
  const { type } = fieldOf(field);
  const isText = type === 'text' || type === 'text_general';
  const path = scored && !isText ? scoredPath(place) : place.path;
  const exactly = (term: string): Clause => ({ term: { [path]: indexTerm(place, term) } });
  if (terms.length === 1) return exactly(terms[0]!);
  if (isText) return { match: { [path]: { query: written(place, [{ offset: 0, terms }]) } } };
  return { dis_max: { queries: terms.map(exactly) } };
}

const shortestPart = 2;
const longestPart = 10;

/** `*_ngram` fields hold every part of two to ten characters of the whole text. */
function compilePart({ field, terms }: TermNode): Clause {
  const part = terms[0]!;
  const length = Array.from(part).length;
  if (length < shortestPart || length > longestPart) return noDocument;
  return constantly({ wildcard: { [partsPath(field)]: { value: `*${patternText([{ text: part }])}*` } } });
}

function compileTermRange({ field, lower, upper }: TermRangeNode): Clause {
  const place =
    fieldOf(field).type === 'text_ngram' ? { path: partsPath(field), prefix: '' } : placeOf(field);
  const range: Record<string, string> = {};
  if (lower) range[lower.inclusive ? 'gte' : 'gt'] = place.prefix + lower.value;
  else if (place.prefix) range['gte'] = place.prefix;
  if (upper) range[upper.inclusive ? 'lte' : 'lt'] = place.prefix + upper.value;
  else if (place.prefix) range['lt'] = place.prefix.slice(0, -1) + afterName;
  return { range: { [place.path]: range } };
}

function compileNumberRange({ field, lower, upper }: NumberRangeNode): Clause {
  const path = numberPath(field);
  if (path === undefined) return compileDateRange(field, lower, upper);
  return {
    range: {
      [path]: {
        ...(lower ? { [lower.inclusive ? 'gte' : 'gt']: lower.value } : {}),
        ...(upper ? { [upper.inclusive ? 'lte' : 'lt']: upper.value } : {}),
      },
    },
  };
}

const compileDateRange = (field: string, lower?: Bound<number>, upper?: Bound<number>): Clause => ({
  range: {
    [datesPath]: {
      [lower?.inclusive === false ? 'gt' : 'gte']: dateValue(field, lower?.value ?? -Infinity),
      [upper?.inclusive === false ? 'lt' : 'lte']: dateValue(field, upper?.value ?? Infinity),
    },
  },
});
