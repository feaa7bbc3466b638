import { byCodePoint } from '../../../vocabulary/code_points.ts';
import { SortedTerms } from '../../../vocabulary/sorted_terms.ts';

/** So many new terms become a part of their own. */
const largestFresh = 5000;

/** All terms of a text field, those that no document has any more included. */
export class FieldVocabulary {
  /** Each in order; only those that were read at once follow each other. */
  readonly #parts: SortedTerms[];
  readonly #fresh = new Set<string>();
  #sortedFresh: SortedTerms | undefined;

  constructor(parts: SortedTerms[]) {
    this.#parts = parts;
  }

  get parts(): readonly SortedTerms[] {
    if (this.#fresh.size === 0) return this.#parts;
    this.#sortedFresh ??= SortedTerms.of(this.#fresh);
    return [...this.#parts, this.#sortedFresh];
  }

  /** Bytes, roughly. */
  get weight(): number {
    return this.#parts.reduce((sum, { weight }) => sum + weight, 100 * this.#fresh.size);
  }

  add(terms: Iterable<string>): void {
    for (const term of terms) if (!this.#has(term)) this.#fresh.add(term);
    this.#sortedFresh = undefined;
    if (this.#fresh.size < largestFresh) return;
    this.#parts.push(SortedTerms.of(this.#fresh));
    this.#fresh.clear();
  }

  #has(term: string): boolean {
    return this.#parts.some(
      (part) =>
        byCodePoint(part.at(0), term) <= 0 &&
        byCodePoint(part.at(part.size - 1), term) >= 0 &&
        part.has(term),
    );
  }
}
