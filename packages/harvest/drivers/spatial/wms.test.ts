import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

const capabilities = (version: string) =>
  `<WMS_Capabilities version="${version}"><Capability><Layer><Name>tea</Name></Layer></Capability></WMS_Capabilities>`;

/** Harvests a record whose resource is at `/wms`, and tells which versions its server was asked for. */
async function harvest(
  answer: (version: string) => string,
  own: object,
): Promise<{ asked: string[]; problems: string[] }> {
  const asked: string[] = [];
  at.remote.pages = {
    '/one.xml': isoRecord({ guid: at.newGuid(), url: `${at.remote.url}/wms?map=tea&VERSION=1.0.0` }),
    '/wms': ({ url }) => {
      const version = url.searchParams.get('version') ?? '';
      asked.push(`${url.searchParams.get('map')} ${version} ${url.searchParams.get('VERSION')}`);
      return answer(version);
    },
  };
  const job = await at.harvest(await at.newSource('single-doc', '/one.xml', own));
  expect(job.stats).toMatchObject({ added: 1 });
  return { asked, problems: job.errors.map(({ message }) => message) };
}

it.each([
  ['the portal', true, {}, true],
  ['the source', false, { validate_wms: true }, true],
  ['neither', false, {}, false],
  ['the source, against the portal', true, { validate_wms: false }, false],
])('a resource is asked for its capabilities where %s wants it so', async (_who, portal, own, wanted) => {
  Object.assign(at.bench.site.config, { spatialValidateWms: portal });
  const { asked, problems } = await harvest(capabilities, own);
  expect(asked).toEqual(wanted ? ['tea 1.1.1 null'] : []);
  expect(problems).toEqual([]);
});

it('a server of another version is asked for that', async () => {
  const old = await harvest(
    (version) => (version === '1.3.0' ? capabilities(version) : '<ServiceException/>'),
    {
      validate_wms: true,
    },
  );
  expect(old).toEqual({ asked: ['tea 1.1.1 null', 'tea 1.3.0 null'], problems: [] });
});

it.each([
  ['a page', '<html><p>Sorry<br></html>'],
  [
    'entities',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><WMS_Capabilities>&b;</WMS_Capabilities>',
  ],
])('a server that answers with %s is a problem of the record, which is imported', async (_what, page) => {
  const { problems } = await harvest(() => page, { validate_wms: true });
  expect(problems).toEqual([expect.stringMatching(/^WMS check for http.* failed with exception: /)]);
});
