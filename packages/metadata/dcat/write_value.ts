import type { Quad_Object, Quad_Subject } from '@rdfjs/types';
import { iriOrLiteral, type Statements, text, typed } from '../rdf/statements.ts';
import type { Name } from '../rdf/vocabulary.ts';
import { dateType } from './date.rules.ts';
import type { Field } from './field.ts';

/** Says of a subject what a dataset or resource has for a field; nothing for what is empty. */
export function writeField(
  statements: Statements,
  subject: Quad_Subject,
  field: Field,
  value: unknown,
): void {
  for (const one of field.kind === 'list' || field.kind === 'notations' ? listOf(value) : [textOf(value)])
    if (one !== '') writeOne(statements, subject, field, one);
}

export function writeFields(
  statements: Statements,
  subject: Quad_Subject,
  fields: readonly Field[],
  told: (key: string) => unknown,
): void {
  for (const field of fields) writeField(statements, subject, field, told(field.key));
}

function writeOne(
  statements: Statements,
  subject: Quad_Subject,
  { kind, property, range, datatype }: Field,
  value: string,
): void {
  const object = objectOf(kind, range, datatype, value);
  if (range && (kind === 'notations' || (kind === 'statement' && object.termType === 'Literal'))) {
    const node = statements.node(subject, property, range);
    statements.add(node, kind === 'notations' ? 'skos:notation' : 'rdfs:label', object);
    return;
  }
  statements.add(subject, property, object);
  if (range && object.termType === 'NamedNode') statements.type(object, range);
}

function objectOf(
  kind: Field['kind'],
  range: Name | undefined,
  datatype: Name | undefined,
  value: string,
): Quad_Object {
  const type = kind === 'date' ? dateType(value) : kind === 'number' ? 'xsd:decimal' : datatype;
  if (type) return typed(value, type);
  const isText = kind === 'date' || kind === 'notations' || (kind === 'text' && !range);
  return isText ? text(value) : iriOrLiteral(value);
}

/** A list is kept as a JSON text, as a list, or as the one value that it has. */
export function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf);
  const one = textOf(value);
  if (!one.startsWith('[')) return [one];
  try {
    const list: unknown = JSON.parse(one);
    return Array.isArray(list) ? list.map(textOf) : [one];
  } catch {
    return [one]; // A text that begins with a bracket.
  }
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
