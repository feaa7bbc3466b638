import type { Term } from '@rdfjs/types';
import type { Name } from '../rdf/vocabulary.ts';
import { lexical, type Reading } from './read_value.ts';

export type Period = Partial<Record<'temporal_start' | 'temporal_end', string>>;

/** The ways of telling a period, the best first: DCAT 2, schema.org, W3C Time. */
const vocabularies: readonly (readonly [start: readonly Name[], end: readonly Name[]])[] = [
  [['dcat:startDate'], ['dcat:endDate']],
  [['schema:startDate'], ['schema:endDate']],
  [['time:hasBeginning'], ['time:hasEnd']],
];

const instants: readonly Name[] = ['time:inXSDDateTimeStamp', 'time:inXSDDateTime', 'time:inXSDDate'];

/** The first period that has a date. */
export function readPeriod(reading: Reading, dataset: Term): Period {
  for (const vocabulary of vocabularies)
    for (const period of reading.graph.objects(dataset, 'dct:temporal')) {
      const [start, end] = vocabulary.map((path) => dateAt(reading, period, path));
      if (start ?? end)
        return { ...(start ? { temporal_start: start } : {}), ...(end ? { temporal_end: end } : {}) };
    }
  return {};
}

function dateAt({ graph }: Reading, period: Term, path: readonly Name[]): string | undefined {
  const [term] = path.flatMap((property) => graph.objects(period, property));
  if (!term || term.termType === 'Literal') return lexical(term);
  return instants.map((property) => lexical(graph.objects(term, property)[0])).find((text) => text);
}
