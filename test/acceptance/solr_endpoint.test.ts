import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from './client.ts';
import { hostileSearches } from './hostile_searches.ts';
import { type Portal, startPortal } from './portal.ts';

let portal: Portal;

beforeAll(async () => {
  portal = await startPortal({ env: { PORTOLAN_SOLR_ENDPOINT: 'on' } });
  await act('organization_create', {
    name: 'office',
    title: 'Office of Rain',
    extras: [{ key: 'contact-email', value: 'rain@example.org' }],
  });
  const common = { owner_org: 'office', resources: [{ url: 'http://example.org/a', format: 'CSV' }] };
  for (const dataset of [
    { name: 'rain', title: 'Rain by day', extras: [{ key: 'theme-primary', value: 'business-and-economy' }] },
    {
      name: 'gauges',
      title: 'Gauges',
      notes: 'of rain',
      resources: [{ url: 'http://example.org/b', format: 'PDF' }],
    },
    { name: 'wind', title: 'Wind' },
    { name: 'hidden-rain', title: 'Rain at home', private: true },
  ])
    await act('package_create', { ...common, ...dataset });
}, 60_000);
afterAll(() => portal?.end('SIGTERM'));

async function act(action: string, params: object): Promise<void> {
  const response = await fetch(`${portal.url}/api/3/action/${action}`, {
    method: 'POST',
    headers: { authorization: portal.token, 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  expect([action, response.status]).toEqual([action, 200]);
}

async function select(...parameters: [string, string][]) {
  const response = await fetch(
    `${portal.url}/solr/ckan/select?${new URLSearchParams([...parameters, ['wt', 'json']])}`,
  );
  // biome-ignore lint/suspicious/noExplicitAny: Solr's answer
  return { status: response.status, body: (await response.json()) as any };
}
const named = (body: { response: { docs: { name: string }[] } }) =>
  body.response.docs.map(({ name }) => name).sort();

const words: [string, string][] = [
  ['q', '(title:(rain)^2 OR notes:(rain)) AND NOT site_id:dgu_organisations.*'],
  ['q.op', 'OR'],
  ['sow', 'true'],
  ['fq', 'state:active'],
  ['fq', 'type:dataset'],
];

describe('Find, unchanged', () => {
  it('searches public datasets by words and gets the best first, with counts of facets as flat lists', async () => {
    const { status, body } = await select(
      ...words,
      ...['organization', 'extras_theme-primary', 'res_format'].map((field): [string, string] => [
        'facet.field',
        field,
      ]),
      ['facet', 'true'],
      ['f.organization.facet.limit', '3000'],
      ['facet.sort', 'count'],
      ['facet.mincount', '1'],
      ['start', '0'],
      ['rows', '20'],
    );
    expect(status).toBe(200);
    expect(body.responseHeader).toMatchObject({ status: 0, QTime: expect.toSatisfy(Number.isInteger) });
    expect(body.response).toMatchObject({ numFound: 2, start: 0, numFoundExact: true });
    expect(body.response.docs.map(({ name }: { name: string }) => name)).toEqual(['rain', 'gauges']);
    expect(body.facet_counts.facet_fields).toEqual({
      organization: ['office', 2],
      'extras_theme-primary': ['and', 1, 'busi', 1, 'businessandeconomi', 1, 'economi', 1],
      res_format: ['CSV', 1, 'PDF', 1],
    });
  });

  it('filters by publisher, topic and formats as it writes them', async () => {
    const filtered = async (fq: string) => named((await select(...words, ['fq', fq])).body);
    expect(await filtered('organization:office')).toEqual(['gauges', 'rain']);
    expect(await filtered('extras_theme-primary:"business-and-economy"')).toEqual(['rain']);
    expect(await filtered('res_format:"CSV"ORres_format:".csv"')).toEqual(['rain']);
    expect(await filtered('-res_format:"CSV"-res_format:".csv"')).toEqual(['gauges']);
  });

  it('reads one dataset whole, its stored JSON as text', async () => {
    const { body } = await select(['q', 'name:rain'], ['fq', 'state:active']);
    const [doc] = body.response.docs;
    expect(doc).toMatchObject({
      name: 'rain',
      organization: 'office',
      'extras_theme-primary': 'business-and-economy',
    });
    expect(JSON.parse(doc.validated_data_dict)).toMatchObject({
      name: 'rain',
      organization: { title: 'Office of Rain' },
    });
    expect((await select(['q', 'name:hidden-rain'])).body.response.numFound).toBe(0);
  });

  it('lists publishers as they are now, and reads one', async () => {
    const publishers: [string, string][] = [
      ['q', '*:*'],
      ['fq', 'site_id:dgu_organisations_2'],
    ];
    const { body } = await select(...publishers, ['fl', 'title,name'], ['rows', '3000']);
    expect(body.response).toMatchObject({ numFound: 1, docs: [{ title: 'Office of Rain', name: 'office' }] });
    const none = await select(...publishers, ['rows', '0']);
    expect(none.body.response).toMatchObject({ numFound: 1, docs: [] });
    await act('organization_patch', { id: 'office', title: 'Office of Snow' });
    const one = await select(...publishers, ['fq', 'name:office']);
    expect(one.body.response.docs).toMatchObject([
      { name: 'office', title: 'Office of Snow', 'extras_contact-email': 'rain@example.org' },
    ]);
    expect((await select(...publishers, ['fq', 'name:nobody'])).body.response.numFound).toBe(0);
  });

  it('is told what cannot be read with 400 in Solr’s shape', async () => {
    for (const q of ['title:(', 'metadata_modified:[x TO *]', '"', 'title:a AND']) {
      const { status, body } = await select(['q', q]);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: 400, msg: expect.any(String) });
    }
  });

  it.each(hostileSearches)(
    'is answered or told that it cannot be read: %s',
    async (_what, { fq_list = [], ...params }) => {
      const lists = { ...params, fq: [params['fq'] ?? [], fq_list].flat() };
      const fields = Object.entries(lists).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      );
      const response = await fetch(`${portal.url}/solr/ckan/select`, {
        method: 'POST',
        body: new URLSearchParams([['facet', 'true'], ...fields]),
      });
      expect(response.status).toBeOneOf([200, 400]);
      expect(await response.json()).toMatchObject({
        responseHeader: { status: response.status === 200 ? 0 : 400 },
      });
    },
  );

  it('gets nothing where the endpoint is off, as it is by default', async () => {
    expect((await send('/solr/ckan/select?q=*:*')).status).toBe(404);
  });
});
