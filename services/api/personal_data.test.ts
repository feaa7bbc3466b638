import { createToken } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import { buildApi } from './app.ts';

/** In every value that must not be seen, and in nothing else. */
const secret = 'zquietperson';

let test: TestSite;
let api: ReturnType<typeof buildApi>;
let token: string;

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
  api = buildApi({ site: test.site, queues: async () => [] });
  ({ token } = await test.site.db.transact((tx) =>
    createToken(test.site, tx, { userId: test.admin.id, name: 'test' }),
  ));
  await test.must('organization_create', { name: 'office' });
  await test.must('package_create', {
    name: 'named',
    owner_org: 'office',
    author: secret,
    author_email: `${secret}@people.test`,
    maintainer: secret,
    maintainer_email: `${secret}@people.test`,
  });
});

describe('in data.gov.uk’s profile no address names the people of a dataset to the public', () => {
  it.each([
    '/api/3/action/package_show?id=named',
    '/api/3/action/package_show?id=named&callback=read',
    '/de/api/3/action/package_show?id=named',
    '/api/action/package_search?q=named',
    '/api/3/action/package_search?q=named&fl=*',
    '/api/3/action/package_search?q=named&use_default_schema=true',
    '/api/search/dataset?q=named',
    '/api/search/dataset?q=named&all_fields=1',
    '/api/search/dataset?q=named&fl=author,maintainer_email,name',
    '/api/1/search/package?q=named&fl=*',
    '/api/2/search/dataset?q=named&fl=validated_data_dict,id',
    '/api/3/search/dataset?q=named',
    '/api/3/changes?include=document',
    '/dataset/named.ttl',
    '/dataset/named.jsonld',
    '/catalog.xml',
    '/data.json',
    '/solr/ckan/select?q=name:named',
    '/solr/ckan/select?q=name:named&facet=true&facet.field=author',
  ])('%s', async (url) => {
    const answer = await api.inject(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('named');
    expect(answer.body).not.toContain(secret);
  });

  it('but package_show names them to who may change it, privately', async () => {
    const headers = { authorization: token };
    const answer = await api.inject({ url: '/api/3/action/package_show?id=named', headers });
    expect(answer.json().result).toMatchObject({ author: secret, maintainer_email: `${secret}@people.test` });
    expect(answer.headers['cache-control']).toMatch(/^private/);
  });
});
