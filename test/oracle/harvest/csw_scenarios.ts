import fc from 'fast-check';
import { type CswRecord, cswServer } from './csw_server.ts';
import { isoRecord } from './iso_record.ts';
import type { Documents, Scenarios } from './scenario.ts';

type Fate = 'same' | 'newer' | 'older' | 'changed' | 'removed' | 'renamed';

const one = fc.record({
  record: isoRecord,
  other: isoRecord,
  fate: fc.constantFrom<Fate>('same', 'newer', 'older', 'changed', 'removed', 'renamed'),
  named: fc.constantFrom<(id: string) => string | undefined>(
    ...[1, 2, 3, 4, 5].map(() => (id: string) => id),
    (id) => `http://ids.test/${id}?a=b&c=d e`,
    (id) => `{${id}}`,
    () => undefined,
  ),
});

type One = typeof one extends fc.Arbitrary<infer T> ? T : never;

const configs: Record<string, unknown>[] = [
  { continue_on_validation_errors: true },
  { continue_on_validation_errors: true, clean_tags: true, default_tags: ['harvested'] },
  {},
];

/** Inside an answer no record has a declaration, and none can be broken: those are left out. */
const embedded = (text: string): string => {
  const body = text.replace(/^\ufeff/, '').replace(/^<\?xml[^>]*\?>\s*/, '');
  return /^\s*(<!--.*?-->\s*)?<gm[di]:M[DI]_Metadata[\s>]/s.test(body) &&
    /<\/gm[di]:M[DI]_Metadata>\s*$/.test(body)
    ? body
    : '';
};

function recordOf({ record, other, fate, named }: One, id: string, run: number): CswRecord[] {
  const guid = named(id);
  const written = (xml: string, as = guid) => (embedded(xml) === '' ? [] : [{ id: as, xml: embedded(xml) }]);
  if (run !== 1) return written(record.write(guid));
  switch (fate) {
    case 'removed':
      return [];
    case 'newer':
      return written(other.write(guid, '2022-05-06'));
    case 'older':
      return written(other.write(guid, '2001-05-06'));
    case 'changed':
      return written(other.write(guid));
    case 'renamed':
      return written(record.write(`${id}-renamed`, '2022-05-06'), `${id}-renamed`);
    default:
      return written(record.write(guid));
  }
}

/** A CSW of invented records, harvested three times. */
export const cswScenarios: Scenarios = ({ seed, records, root }) => {
  const path = `/csw-${seed}`;
  const sampled = fc.sample(one, { seed, numRuns: records });
  const all = [0, 1, 2].map((run) => sampled.flatMap((one, at) => recordOf(one, `csw-${seed}-${at}`, run)));
  return [
    {
      name: `csw-${seed}`,
      type: 'csw',
      path,
      config: configs[seed % configs.length] as Record<string, unknown>,
      runs: all.map((records): Documents => ({ [path]: cswServer(`${root}${path}`, records) })),
      text: all
        .flat()
        .map(({ xml }) => xml)
        .join('\n'),
      anyOrder: true,
    },
  ];
};
