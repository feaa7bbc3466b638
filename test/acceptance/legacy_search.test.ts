import { beforeAll, describe, expect, it } from 'vitest';
import { newName, newOrganization, send, succeed } from './client.ts';

const organization = newOrganization();
let daily: { id: string; name: string };
let manual: { id: string; name: string };

beforeAll(async () => {
  const owner_org = await organization;
  daily = await succeed('package_create', {
    name: newName('daily'),
    title: 'Levels, twice',
    owner_org,
    tags: [{ name: 'flood' }, { name: 'high water' }],
    extras: [
      { key: 'guid', value: 'guid-1' },
      { key: 'harvest_source_title', value: 'Source' },
      { key: 'harvest_object_id', value: 'object-1' },
      { key: 'frequency-of-update', value: 'daily' },
    ],
  });
  manual = await succeed('package_create', { name: newName('manual'), title: 'By hand', owner_org });
  await succeed('package_create', { name: newName('secret'), owner_org, private: true });
});

const get = async (path: string) => {
  const response = await send(path);
  // biome-ignore lint/suspicious/noExplicitAny: any answer
  const body: any = await response.json();
  return { status: response.status, type: response.headers.get('content-type'), body };
};
const names = (items: { name: string }[]) => items.map(({ name }) => name).sort();

// The operators' manual, line by line as it is pasted into a terminal; only the organisation is this test's.
describe('the operators’ manual', () => {
  const fields =
    'fl=id,dataset_type,name,title,extras_guid,extras_harvest_source_title,extras_harvest_object_id';
  const everything = `${fields}&q=state:active%20and%20dataset_type:dataset`;
  const harvested = `${fields}&q=state:active%20and%20extras_harvest_object_id:[%22%22%20TO%20*]%20and%20dataset_type:dataset`;
  const byHand = `${fields}&q=state:active%20and%20-extras_harvest_object_id:*%20and%20dataset_type:dataset`;
  const week = '%20and%20metadata_modified:[NOW-7DAY/DAY%20TO%20NOW]';
  const own = async () => `%20and%20organization:${await organization}`;

  it('lists a publisher’s datasets', async () => {
    const { body } = await get(`/api/action/package_search?fq=organization:${await organization}&rows=200`);
    expect(body.result.count).toBe(2);
    expect(
      (await get(`/api/3/action/package_search?q=organization:${await organization}`)).body.result.count,
    ).toBe(2);
  });

  it('finds one dataset by its id and by its name', async () => {
    for (const q of [`id:${daily.id}`, `name:${daily.name}`]) {
      const { body } = await get(`/api/3/action/package_search?q=${q}`);
      expect(names(body.result.results)).toEqual([daily.name]);
    }
  });

  it.each(['metadata_created', 'metadata_modified'])('finds by %s in a closed interval', async (field) => {
    const found = async (range: string) =>
      (await get(`/api/3/action/package_search?q=${field}:[${range}]${(await own()).replace('and', 'AND')}`))
        .body.result.count;
    expect(await found('2021-06-01T00:00:00Z%20TO%202021-06-30T00:00:00Z')).toBe(0);
    expect(await found('2021-06-01T00:00:00Z%20TO%20NOW')).toBe(2);
  });

  it('counts all public datasets', async () => {
    const { status, type, body } = await get('/api/3/search/dataset');
    expect([status, type]).toEqual([200, 'application/json;charset=utf-8']);
    expect(body.result.count).toBe((await get('/api/3/action/package_search')).body.result.count);
  });

  it('parts datasets into harvested ones and those of people', async () => {
    const found = async (query: string) =>
      (await get(`/api/3/search/dataset?${query}${await own()}`)).body.result.results;
    expect(names(await found(everything))).toEqual(names([daily, manual]));
    expect(await found(harvested)).toEqual([
      {
        id: daily.id,
        dataset_type: 'dataset',
        name: daily.name,
        title: 'Levels, twice',
        guid: 'guid-1',
        harvest_source_title: 'Source',
        harvest_object_id: 'object-1',
      },
    ]);
    expect(names(await found(byHand))).toEqual([manual.name]);
    expect(names(await found(`${byHand}${week}`))).toEqual([manual.name]);
  });

  it('takes limit, raw and encoded brackets, in the version without a number', async () => {
    for (const query of [harvested, harvested.replace('[%22%22', '%5B""').replace('*]', '*%5D')]) {
      const { body } = await get(`/api/search/dataset?${query}${week}${await own()}&limit=20`);
      expect([body.count, names(body.results)]).toEqual([1, [daily.name]]);
    }
  });

  it('finds by an extra’s exact value, and shows extras with a hyphen', async () => {
    const query = harvested
      .replace('fl=', 'fl=extras_frequency-of-update,')
      .replace('dataset_type:dataset', 'frequency-of-update:daily%20and%20dataset_type:dataset');
    const { body } = await get(`/api/3/search/dataset?${query}${await own()}`);
    expect(body.result.results).toMatchObject([{ name: daily.name, 'frequency-of-update': 'daily' }]);
  });
});

describe('clients of the search API', () => {
  it('the CSW loader reads harvest objects from an object of their own', async () => {
    const qjson = encodeURIComponent(
      JSON.stringify({
        fl: 'id,metadata_modified,extras_harvest_object_id,extras_metadata_source',
        q: `harvest_object_id:["" TO *] organization:${await organization}`,
        limit: 1000,
        start: 0,
      }),
    );
    const { body } = await get(`/api/search/dataset?qjson=${qjson}`);
    expect(body.results).toMatchObject([{ id: daily.id, extras: { harvest_object_id: 'object-1' } }]);
    expect(Object.keys(body.results[0].extras)).toEqual(['harvest_object_id']);
  });

  it('Publish pages to the empty page with the same count on each', async () => {
    const seen: string[] = [];
    for (let counts = new Set<number>(), page = 1; page > 0; ) {
      const query = `q=type:dataset&fq=organization:${await organization}&rows=1&fl=id,metadata_modified,organization`;
      const { body } = await get(`/api/3/search/dataset?${query}&start=${seen.length}`);
      counts = counts.add(body.result.count);
      expect([...counts]).toEqual([2]);
      page = body.result.results.length;
      for (const item of body.result.results) {
        expect(item).toEqual({
          id: expect.any(String),
          organization: await organization,
          metadata_modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
        });
        seen.push(item.id);
      }
    }
    expect(seen.sort()).toEqual([daily.id, manual.id].sort());
  });

  it('the old names page and sort (J04), and tags are matched whole, all of them (J05)', async () => {
    const own = `fl=name&organization=${await organization}`;
    const { body } = await get(`/api/search/dataset?${own}&limit=1&order_by=name`);
    expect([body.count, body.results]).toEqual([2, [daily.name]]);
    expect((await get(`/api/1/search/dataset?${own}&offset=1&order_by=name`)).body.results).toEqual([
      manual.name,
    ]);
    for (const [tags, count] of [
      ['tags=flood', 1],
      ['tags=flood&tags=high+water', 1],
      ['tags=high', 0],
    ])
      expect((await get(`/api/search/dataset?${own}&${tags}`)).body.count).toBe(count);
  });

  it('ids alone are texts, a callback makes a script, and nothing private is found whatever is asked', async () => {
    const query = `organization=${await organization}`;
    const { body } = await get(`/api/2/search/package?${query}&fl=id`);
    expect(body.results.sort()).toEqual([daily.id, manual.id].sort());
    expect((await get(`/api/1/search/dataset?${query}&fq=capacity:private`)).body.count).toBe(2);
    const script = await send(`/api/search/dataset?${query}&fl=id&callback=show`);
    expect(await script.text()).toMatch(/^show\(\{.*\}\);$/s);
  });

  it('what cannot be searched is told, each generation in its own way', async () => {
    expect(await get('/api/1/search/dataset?limit=x')).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^Bad search option: /),
    });
    expect(await get('/api/search/dataset?qjson=%7B')).toMatchObject({
      status: 400,
      body: expect.stringContaining('Could not read parameters'),
    });
    expect(await get('/api/search/resource?colour=red')).toMatchObject({
      status: 400,
      body: 'Bad search option: Field "colour" not recognised in resource_search.',
    });
    expect(await get('/api/3/search/dataset?colour=red')).toMatchObject({
      status: 400,
      body: { error: { __type: 'Search Query Error' } },
    });
    expect((await send('/api/1/search/revision')).status).toBe(404);
  });
});
