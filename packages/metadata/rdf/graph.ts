import type { Quad, Term } from '@rdfjs/types';
import { iri, type Name } from './vocabulary.ts';

/**
 * Statements to look up by subject and predicate. Objects come in the order of the document: where a catalogue
 * takes one of several values, it is the first that was written.
 */
export class Graph {
  readonly #subjects = new Map<string, { term: Term; objects: Map<string, Term[]> }>();

  add({ subject, predicate, object }: Quad): void {
    const key = keyOf(subject);
    let entry = this.#subjects.get(key);
    if (!entry) {
      entry = { term: subject, objects: new Map() };
      this.#subjects.set(key, entry);
    }
    const objects = entry.objects.get(predicate.value);
    if (!objects) entry.objects.set(predicate.value, [object]);
    else if (!objects.some((one) => one.equals(object))) objects.push(object);
  }

  objects(subject: Term, predicate: Name): readonly Term[] {
    return this.#subjects.get(keyOf(subject))?.objects.get(iri(predicate)) ?? [];
  }

  isA(subject: Term, type: Name): boolean {
    return this.objects(subject, 'rdf:type').some(({ value }) => value === iri(type));
  }

  /** Subjects of a class. */
  *instances(type: Name): Generator<Term> {
    for (const { term } of this.#subjects.values()) if (this.isA(term, type)) yield term;
  }
}

const keyOf = (term: Term): string => (term.termType === 'BlankNode' ? `_:${term.value}` : term.value);
