import { DocumentColumns } from '../column/document_columns.ts';
import { FoundResults } from './found_results.ts';
import { KnownLeaves } from './known_leaves.ts';

/** What a process keeps of the index, all of it at the state of the last committed change when it is used. */
export class SearchMemory {
  readonly columns = new DocumentColumns();
  readonly leaves = new KnownLeaves();
  readonly results = new FoundResults();
}
