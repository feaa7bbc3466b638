import type { PatternNode, PatternPiece } from '../../ast/pattern_node.ts';
import type { RegularExpressionNode } from '../../ast/regular_expression_node.ts';
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

// CKAN's Solr finds nothing by an expression with one of these.
const unusual = /(?<!\\)[~&#]/;

/** Expressions are Lucene's own. */
export function compileExpression({ field, source }: RegularExpressionNode): Clause {
  if (unusual.test(source)) return noDocument;
  const { path, prefix } = place(field);
  const value = prefix === '' ? source : `${literally(prefix)}(${source})`;
  return { regexp: { [path]: { value, flags: 'ANYSTRING|INTERVAL' } } };
}

export const literally = (text: string): string => text.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&');
