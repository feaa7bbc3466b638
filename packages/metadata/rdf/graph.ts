import type { Quad, Term } from '@rdfjs/types';
import { iri, type Name } from './vocabulary.ts';

/**
 * Statements to look up by subject and predicate. Objects come in the order of the document: where a catalogue
 * takes one of several values, it is the first that was written.
 */
export class Graph {
  readonly #subjects = new Map<string, { term: Term; objects: Map<string, Objects> }>();

  add({ subject, predicate, object }: Quad): void {
    const key = keyOf(subject);
    let entry = this.#subjects.get(key);
    if (!entry) {
      entry = { term: subject, objects: new Map() };
      this.#subjects.set(key, entry);
    }
    let objects = entry.objects.get(predicate.value);
    if (!objects) {
      objects = { list: [], seen: new Set() };
      entry.objects.set(predicate.value, objects);
    }
    const said = statedKey(object);
    if (objects.seen.has(said)) return;
    objects.seen.add(said);
    objects.list.push(object);
  }

  objects(subject: Term, predicate: Name): readonly Term[] {
    return this.#subjects.get(keyOf(subject))?.objects.get(iri(predicate))?.list ?? [];
  }

  isA(subject: Term, type: Name): boolean {
    return this.objects(subject, 'rdf:type').some(({ value }) => value === iri(type));
  }

  /** Subjects of a class. */
  *instances(type: Name): Generator<Term> {
    for (const { term } of this.#subjects.values()) if (this.isA(term, type)) yield term;
  }
}

/** Of one subject and predicate. A catalogue may name a hundred thousand datasets. */
interface Objects {
  list: Term[];
  seen: Set<string>;
}

/** The same for terms that are equal. */
const statedKey = (term: Term): string =>
  term.termType === 'Literal'
    ? `"${term.language} ${term.datatype.value} ${term.value}`
    : `${term.termType} ${term.value}`;

const keyOf = (term: Term): string => (term.termType === 'BlankNode' ? `_:${term.value}` : term.value);
