import type { Sql } from '@portolan/db';
import { SortedTerms } from '../../../vocabulary/sorted_terms.ts';
import { facetColumn, wholeColumn } from '../column/column_spec.ts';
import { valuesIn } from '../column/values_in.ts';
import type { Vocabularies } from '../expansions.ts';
import type { SearchMemory } from '../memory/search_memory.ts';
import type { TimeLimit } from '../time_limit.ts';

/** What this process knows of the terms of fields; what it does not is read for other searches, too. */
export function vocabulariesFor(pool: Sql, memory: SearchMemory, limit?: TimeLimit): Vocabularies {
  const { columns, vocabularies } = memory;
  // It goes on when this search gives up.
  const wait = <Result>(work: Promise<Result>) => limit?.wait(pool, work) ?? work;
  return {
    terms: async (field) => (await wait(vocabularies.of(pool, field))).parts,
    sample: (field) => wait(vocabularies.sampleOf(pool, field)),
    async values(field) {
      const spec = wholeColumn(field) ?? facetColumn(field);
      try {
        await wait(columns.prepare(pool, [spec]));
        return SortedTerms.of(valuesIn(columns, columns.get<Parameters<typeof valuesIn>[1]>(spec)));
      } finally {
        columns.release([spec]);
      }
    },
  };
}
