import { existsSync, readFileSync } from 'node:fs';
import { catalogueWriter, drivers } from '@portolan/harvest';
import { cleanXml, decodeXml } from '@portolan/metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentServer, documentServer } from '../../packages/harvest/testing/document_server.ts';
import {
  addSource,
  type Bench,
  harvestBench,
  startJob,
} from '../../packages/harvest/testing/harvest_bench.ts';
import { type TestSite, testSite } from '../harness/accounts.ts';

const documents = '../shared/data/harvest';
const xml = (file: string) => cleanXml(decodeXml(readFileSync(`${documents}/${file}`))) ?? '';

describe.skipIf(!existsSync(documents))('records of data.gov.uk', () => {
  let test: TestSite;
  let remote: DocumentServer;
  let bench: Bench;
  let made = 0;

  beforeAll(async () => {
    test = await testSite();
    const { id } = (await test.must('organization_create', { name: 'council' })) as { id: string };
    organization = id;
    remote = await documentServer();
    bench = harvestBench(test.site.db, drivers, {
      writer: catalogueWriter(test.site),
      fetcher: { allow: [remote.host], concurrencyPerHost: 8 },
    });
  });
  afterAll(async () => {
    await bench.site.fetcher.close();
    remote.close();
  });
  let organization: string;

  async function newSource(type: string, path: string, config: object = {}): Promise<string> {
    const id = `gemini-source-${made++}`;
    await addSource(test.site.db, { id, type, url: remote.url + path, config });
    await test.site.db.rows(`UPDATE package SET owner_org = $2 WHERE id = $1`, [id, organization]);
    return id;
  }

  async function harvest(source: string) {
    const id = await startJob(bench.site, source);
    await bench.drain();
    const { stats } = (await test.must('harvest_job_show', { id })) as { stats: Record<string, number> };
    const report = (await test.must('harvest_job_report', { id })) as {
      gather_errors: { message: string }[];
      object_errors: Record<string, { errors: { message: string; type: string }[] }>;
    };
    return {
      stats,
      gather: report.gather_errors,
      errors: Object.values(report.object_errors).flatMap((one) => one.errors),
    };
  }

  it('of GEMINI 2.3 in a folder are imported whatever the rules of 2.1 say, and stay as they are', async () => {
    const template = xml('mock-dynamic/test.tmp.xml').replaceAll('{{url-index}}', '07');
    const name = (n: number) => `test.${n}.tmp.xml`;
    const numbers = Array.from({ length: 10 }, (_, n) => n + 1);
    remote.pages = Object.fromEntries([
      ['/7/', numbers.map((n) => `<a href="${name(n)}">${name(n)}</a>`).join('\n')],
      ...numbers.map((n) => [
        `/7/${name(n)}`,
        n === 10
          ? { status: 400, body: '' }
          : template.replaceAll('{{end-guid}}', String(n).padStart(3, '0')),
      ]),
    ]);
    const profiles = ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'];
    const source = await newSource('gemini-waf', '/7/', { validator_profiles: profiles });
    const first = await harvest(source);
    expect(first.stats).toMatchObject({ added: 9, updated: 0 });
    expect(first.stats['errored']).toBeGreaterThanOrEqual(1);
    const url = `${remote.url}/7/test.10.tmp.xml`;
    expect(first.gather).toEqual([
      { message: `Couldn't harvest WAF link: ${url}: Request to ${url} failed with status code 400` },
    ]);
    expect((await harvest(source)).stats).toMatchObject({ added: 0, updated: 0, 'not modified': 9 });
  });

  const capabilities = (version: string) =>
    `<WMS_Capabilities version="${version}"><Capability><Layer/></Capability></WMS_Capabilities>`;

  it.each<
    [
      what: string,
      answer: (version: string) => DocumentServer['pages'][string],
      resource: object,
      error: RegExp | undefined,
    ]
  >([
    [
      'answers',
      capabilities,
      { format: 'WMS', verified: true, ckan_recommended_wms_preview: true },
      undefined,
    ],
    [
      'speaks 1.3.0 alone',
      (version) => (version === '1.3.0' ? capabilities(version) : '<ServiceExceptionReport/>'),
      { format: 'WMS', verified: true },
      undefined,
    ],
    [
      'is gone',
      () => ({ status: 404, body: '' }),
      { format: '' },
      /^WMS check for http.*\/wms.* failed with exception: /,
    ],
  ])('of a service are told with its capabilities, when it %s', async (_what, answer, resource, error) => {
    const guid = `service-${made}`;
    remote.pages = {
      '/service.xml': xml('gemini/gemini2.1/service1.xml')
        .replace(/http:\/\/127\.0\.0\.1:8999\/wms\/capabilities\.xml/g, `${remote.url}/wms`)
        .replaceAll('test-service-1', guid),
      '/wms': ({ url }) => answer(url.searchParams.get('version') ?? '') as string,
    };
    const { stats, errors } = await harvest(await newSource('gemini-single', '/service.xml'));
    expect(stats).toMatchObject({ added: 1 });
    const told = errors.map(({ message }) => message).filter((message) => message.startsWith('WMS'));
    expect(told).toEqual(error ? [expect.stringMatching(error)] : []);
    const [row] = await test.site.db.rows<{ package_id: string }>(
      `SELECT package_id FROM harvest_object WHERE guid = $1 AND current`,
      [guid],
    );
    const answerOf = (await test.must('package_show', { id: row?.package_id })) as { text?: string };
    const dataset = (typeof answerOf.text === 'string' ? JSON.parse(answerOf.text) : answerOf) as {
      resources: object[];
      extras: { key: string; value: string }[];
    };
    expect(dataset.resources[0]).toMatchObject(resource);
    const extras = Object.fromEntries(dataset.extras.map(({ key, value }) => [key, value]));
    expect(extras).toMatchObject({
      UKLP: 'True',
      guid,
      'resource-type': 'service',
      'spatial-data-service-type': 'other',
    });
    expect(JSON.parse(extras['coupled-resource'] ?? '')).toEqual(
      expect.arrayContaining([
        { title: expect.any(Array), href: expect.any(Array), uuid: expect.any(Array) },
      ]),
    );
    expect(extras).toMatchObject({
      provider: 'The Improvement Service',
      'responsible-party': 'The Improvement Service (owner)',
      'bbox-west-long': '-9.099786875',
    });
    expect(extras['spatial']).toMatch(
      /^\{"type": "Polygon", "coordinates": \[\[\[[-\d.]+, 54\.4764484375\], \[-9\.099786875, 54\.4764484375\], /,
    );
  });
});
