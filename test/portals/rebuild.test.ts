import { beforeAll, expect, inject, it } from 'vitest';
import { call, newName, newOrganization, newWord, succeed } from '../acceptance/client.ts';
import { run } from '../acceptance/portal.ts';

const word = newWord();
const datasets = 12;

beforeAll(async () => {
  const owner = await newOrganization();
  for (let number = 0; number < datasets; number++)
    await succeed('package_create', { name: newName('kept'), title: `${word} ${number}`, owner_org: owner });
});

it('searches over HTTP find everything while another process rebuilds the index', async () => {
  const state = { rebuilding: true };
  let answers = 0;
  const others: unknown[] = [];
  const searching = async (count: number, params: object) => {
    do {
      const { status, body } = await call('package_search', params, null);
      answers++;
      if (status !== 200 || body.result.count !== count) others.push({ params, status, body });
    } while (state.rebuilding);
  };
  const searches = Promise.all([
    searching(datasets, { q: word, 'facet.field': ['organization'] }),
    searching(1, { q: `title:"${word} 1"`, rows: 0 }),
    searching(datasets, { fq: `title:${word.slice(0, -1)}*`, sort: 'name asc' }),
  ]);
  try {
    const { code, output } = await run([
      '--data',
      inject('data'),
      ...'search-index rebuild-fast -q -e --anew --workers 2'.split(' '),
    ]);
    expect(code, output).toBe(0);
  } finally {
    state.rebuilding = false;
  }
  await searches;
  expect(others).toEqual([]);
  // More than one each: some while the index was rebuilt.
  expect(answers).toBeGreaterThan(3);
});
