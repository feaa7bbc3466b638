import type { Term } from '@rdfjs/types';
import type { Graph } from '../rdf/graph.ts';
import type { Name } from '../rdf/vocabulary.ts';
import { storedDate } from './date.rules.ts';
import type { Field } from './field.ts';

/** What stands in the graph for a field; undefined for nothing. */
export type Value = string | number | string[];

/** What of several languages is taken. */
export interface Reading {
  graph: Graph;
  language: string;
}

/** What a table's fields have, by key, with a prefix where several tables share an object. */
export function readFields(
  reading: Reading,
  subject: Term,
  fields: readonly Field[],
  prefix = '',
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const field of fields) {
    const value = readField(reading, subject, field);
    if (value !== undefined) values[prefix + field.key] = value;
  }
  return values;
}

function readField(reading: Reading, subject: Term, field: Field): Value | undefined {
  const terms = objectsOf(reading.graph, subject, field);
  switch (field.kind) {
    case 'list':
    case 'notations': {
      const texts = terms.map((term) => nodeText(reading, term)).filter((text) => text !== undefined);
      return texts.length > 0 ? texts : undefined;
    }
    case 'iri':
      return firstText(terms.map((term) => nodeText(reading, term)));
    case 'number': {
      const number = Number(lexical(preferred(terms, reading.language)) || Number.NaN);
      return Number.isFinite(number) ? number : undefined;
    }
    default: {
      const term = preferred(terms, reading.language);
      return term && (labelOf(reading, term) ?? lexical(term));
    }
  }
}

const objectsOf = (graph: Graph, subject: Term, { property, or = [] }: Field): readonly Term[] =>
  [property, ...or].map((name) => graph.objects(subject, name)).find((terms) => terms.length > 0) ?? [];

/** The value in the wanted language, else the first. */
export const preferred = (terms: readonly Term[], language: string): Term | undefined =>
  terms.find((term) => term.termType === 'Literal' && term.language === language) ?? terms[0];

/** A literal's text or an IRI; undefined for a blank node and for nothing. */
export function lexical(term: Term | undefined): string | undefined {
  if (!term || term.termType === 'BlankNode') return undefined;
  const text = term.termType === 'Literal' ? storedDate(term.value, term.datatype.value) : term.value;
  return text === '' ? undefined : text;
}

/** The text of an IRI or literal as it is; of a blank node what names it. */
function nodeText(reading: Reading, term: Term): string | undefined {
  return term.termType === 'BlankNode' ? (labelOf(reading, term) ?? wrapped(reading, term)) : lexical(term);
}

const naming: readonly Name[] = ['rdfs:label', 'skos:prefLabel', 'skos:notation', 'dct:title'];

/** What a node is called. */
export function labelOf({ graph, language }: Reading, term: Term): string | undefined {
  if (term.termType === 'Literal') return undefined;
  const names = term.termType === 'BlankNode' ? naming : naming.slice(0, 1);
  return firstText(names.map((name) => lexical(preferred(graph.objects(term, name), language))));
}

/** vCard wraps an address into a node with a value. */
const wrapped = ({ graph }: Reading, term: Term): string | undefined =>
  lexical(graph.objects(term, 'vcard:value')[0]);

const firstText = (texts: (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined);
