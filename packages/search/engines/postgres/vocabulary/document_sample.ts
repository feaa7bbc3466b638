import { SortedTerms } from '../../../vocabulary/sorted_terms.ts';
import type { SampledTerms } from './vocabulary.repo.ts';

/** What a term of which no sampled document tells is taken to have: most of them are in one or two. */
const fewDocuments = 3;

/** More terms than that are not looked for to cover all documents between them. */
const mostCovering = 40;

/** Terms that documents have between them, and about how many have none of them. */
export interface Covering {
  terms: string[];
  rest: number;
}

/** Tells of a field's terms in how many documents of the index they are, by what it knows of a few hundred of those. */
export class DocumentSample {
  readonly corpus: number;
  readonly terms: SortedTerms;
  /** By term. */
  readonly #places = new Map<string, number>();
  /** By place, how many of the sampled documents have the term. */
  readonly #counts: Int32Array;
  /** Of the sampled documents that have the field, the places of their terms. */
  readonly #documents: Int32Array[];
  /** Documents of the index for which one of the sample stands. */
  readonly #weight: number;

  constructor({ corpus, documents }: SampledTerms) {
    this.corpus = corpus;
    this.#weight = corpus / Math.max(1, documents.length);
    this.terms = SortedTerms.of(new Set(documents.flat()));
    this.#counts = new Int32Array(this.terms.size);
    for (let place = 0; place < this.terms.size; place++) this.#places.set(this.terms.at(place), place);
    this.#documents = documents
      .filter((terms) => terms.length > 0)
      .map((terms) => Int32Array.from(terms, (term) => this.#places.get(term)!));
    for (const document of this.#documents) for (const place of document) this.#counts[place]!++;
  }

  /** About how many documents have the term. */
  documentsWith(term: string): number {
    const place = this.#places.get(term);
    return place === undefined ? fewDocuments : Math.round(this.#counts[place]! * this.#weight);
  }

  /** About how many documents have the terms that begin so, a document counted for each of them. */
  occurrences(beginning: string): number {
    const end = this.terms.firstBeyond(beginning);
    let documents = 0;
    for (let place = this.terms.firstFrom(beginning); place < end; place++) documents += this.#counts[place]!;
    return Math.round(documents * this.#weight);
  }

  /** Those of these terms, which it has itself, that cover most of the documents that have the field. */
  covering(terms: readonly string[]): Covering {
    const places = new Set(terms.map((term) => this.#places.get(term)!));
    const covering: string[] = [];
    let rest = this.#documents;
    while (rest.length > 0 && covering.length < mostCovering) {
      const best = commonest(rest, places);
      if (best === undefined) break;
      covering.push(this.terms.at(best));
      rest = rest.filter((document) => !document.includes(best));
    }
    // Chosen for the sample, they cover it better than the index: the later ones by a document or two that happen to be in it.
    return { terms: covering, rest: Math.round((rest.length + covering.length / 2) * this.#weight) };
  }
}

/** Of these places that which most of the documents have. */
function commonest(documents: readonly Int32Array[], places: ReadonlySet<number>): number | undefined {
  const counts = new Map<number, number>();
  let best: number | undefined;
  for (const document of documents)
    for (const place of document) {
      if (!places.has(place)) continue;
      const count = (counts.get(place) ?? 0) + 1;
      counts.set(place, count);
      if (best === undefined || count > counts.get(best)!) best = place;
    }
  return best;
}
