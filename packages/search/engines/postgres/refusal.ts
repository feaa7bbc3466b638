import { searchError } from '../../query/search_error.ts';

// Too complex, too large, too many, or an expression or distance that it does not know.
const refusals = /^(?:54|2201B|22023|42601|53200|22001)/;

/** Runs a search; what PostgreSQL refuses for what was asked is a search error, as it would be of any engine. */
export async function answered<Answer>(search: () => Promise<Answer>): Promise<Answer> {
  try {
    return await search();
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!refusals.test(code)) throw error;
    throw searchError('the query is more than the search engine can answer', error);
  }
}
