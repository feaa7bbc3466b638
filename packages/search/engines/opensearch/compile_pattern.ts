import type { PatternNode, PatternPiece } from '../../ast/pattern_node.ts';
import type { RegularExpressionNode } from '../../ast/regular_expression_node.ts';
import { writeExpression } from '../../expression/write.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { type Clause, noDocument } from './clauses.ts';
import { type Place, partsPath, placeOf } from './place.ts';

const place = (field: string): Place =>
  fieldOf(field).type === 'text_ngram' ? { path: partsPath(field), prefix: '' } : placeOf(field);

/** Lucene's wildcards for these pieces. */
export const patternText = (pieces: readonly PatternPiece[]): string =>
  pieces
    .map((piece) => {
      if ('text' in piece) return piece.text.replace(/[\\*?]/g, '\\$&');
      return piece.wild === 'any' ? '*' : '?';
    })
    .join('');

export function compilePattern({ field, pieces }: PatternNode): Clause {
  const { path, prefix } = place(field);
  return { wildcard: { [path]: { value: patternText([{ text: prefix }, ...pieces]) } } };
}

/** Beside the usual signs only what an expression is written with. */
const flags = 'INTERSECTION|COMPLEMENT|EMPTY';

/**
 * How much work an automaton may be to OpenSearch. Lucene's own measure, ten thousand, is for what Solr asks: here
 * the field's name is part of every expression, and later versions of Lucene make larger automata.
 */
const mostEffort = 100_000;

export function compileExpression({ field, expression }: RegularExpressionNode): Clause {
  if (expression.kind === 'nothing') return noDocument;
  const { path, prefix } = place(field);
  const written = writeExpression(expression);
  const value = prefix === '' ? written : `${literally(prefix)}(${written})`;
  return { regexp: { [path]: { value, flags, max_determinized_states: mostEffort } } };
}

export const literally = (text: string): string => text.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&');
