import { beforeAll, describe, expect, it } from 'vitest';
import { newName, send, succeed } from './client.ts';

const org = newName('dcat');
const chart = newName('chart');
const secret = newName('secret');

describe('the catalogue for other portals', () => {
  beforeAll(async () => {
    await succeed('organization_create', { name: org, title: 'Ministry of Charts' });
    for (const name of [chart, secret])
      await succeed('package_create', {
        name,
        title: 'A chart',
        owner_org: org,
        private: name === secret,
        resources: [{ url: 'http://charts.test/a.csv', format: 'CSV' }],
      });
  });

  it.each([
    ['ttl', 'text/turtle', 'dct:title "A chart"'],
    ['xml', 'application/rdf+xml', '<dct:title>A chart</dct:title>'],
    ['rdf', 'application/rdf+xml', '<dct:title>A chart</dct:title>'],
    ['jsonld', 'application/ld+json', '"dct:title":"A chart"'],
  ])('shows a dataset as %s', async (ending, type, text) => {
    const answer = await send(`/dataset/${chart}.${ending}`);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(await answer.text()).toContain(text);
  });

  it('lists public datasets', async () => {
    const query = new URLSearchParams({ fq: `organization:${org}` });
    const text = await (await send(`/catalog.ttl?${query}`)).text();
    expect(text).toContain('a dcat:Catalog');
    expect(text.match(/dct:title "A chart"/g)).toHaveLength(1);
    expect(await (await send(`/data.json?${query}`)).json()).toMatchObject([{ title: 'A chart' }]);
  });

  it.each([
    [`/dataset/${secret}.ttl`, 403],
    [`/dataset/${newName('nobody')}.ttl`, 404],
    [`/dataset/${chart}.doc`, 404],
    ['/catalog.ttl?page=0', 409],
    ['/catalog.ttl?modified_since=yesterday', 409],
    ['/catalog.ttl?page=7', 200],
  ])('answers %s with %i', async (path, status) => expect((await send(path)).status).toBe(status));
});
