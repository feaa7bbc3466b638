import { DocumentColumns } from '../column/document_columns.ts';
import { Scratch } from '../evaluate/scratch.ts';
import { KnownVocabularies } from '../vocabulary/known_vocabularies.ts';
import { CurrentValues } from './current_values.ts';
import { FoundResults } from './found_results.ts';
import { KnownLeaves } from './known_leaves.ts';

/** What a process keeps of the index, all of it at the state of the last committed change when it is used. */
export class SearchMemory {
  readonly columns = new DocumentColumns();
  readonly leaves = new KnownLeaves();
  readonly current = new CurrentValues(this.columns);
  readonly results = new FoundResults();
  readonly vocabularies = new KnownVocabularies(this.columns);
  #scratch = new Scratch(0);

  /** Lists of this length, used by one search after the other: none waits for anything while it has them. */
  scratch(size: number): Scratch {
    if (this.#scratch.size !== size) this.#scratch = new Scratch(size);
    return this.#scratch;
  }
}
