import type { Db } from '@portolan/db';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { remoteBench } from '../../testing/remote_bench.ts';
import { minutesBehind, sinceTerm } from './search.rules.ts';

let db: Db;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

const now = Date.UTC(2026, 1, 10, 12);
it.each([
  ['Tue, 10 Feb 2026 12:00:00 GMT', 0],
  ['Tue, 10 Feb 2026 11:55:00 GMT', 0],
  ['Tue, 10 Feb 2026 11:54:59 GMT', 6],
  ['Tue, 10 Feb 2026 09:59:30 GMT', 121],
  ['Tue, 10 Feb 2026 15:00:00 GMT', 0],
  ['soon', 0],
  [undefined, 0],
])('at noon a server that says %s is %i minutes behind', (date, minutes) =>
  expect(minutesBehind(date, now)).toBe(minutes),
);

it.each([
  [0, 60, 1],
  [120, 181, 2],
])(
  'a remote whose clock is %i minutes behind is asked for the changes of the last %i',
  async (behind, minutes, searches) => {
    const at = await remoteBench(db);
    const asked: (string | null)[] = [];
    at.remote.pages['/api/3/action/package_search'] = ({ url }) => {
      asked.push(url.searchParams.get('fq'));
      const results = asked.length === 1 ? [{ id: `clock-${behind}`, title: 'Clock' }] : [];
      return {
        headers: { date: new Date(Date.now() - behind * 60_000 - 1000).toUTCString() },
        body: JSON.stringify({ success: true, result: { count: results.length, results } }),
      };
    };
    const source = await at.newSource('ckan', '/');
    const first = await at.harvest(source);
    await at.harvest(source);
    await at.close();
    expect(asked).toHaveLength(1 + searches);
    expect(asked.at(-1)).toBe(sinceTerm(first.gather_started!, minutes));
  },
);
