import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CswAnswers, cswException, cswPages, ofCsw } from '../../../../test/harness/csw_pages.ts';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { jobChanges } from '../../job/changes.ts';
import type { DocumentServer } from '../../testing/document_server.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { getRecords, publicRecordUrl, requestUrl } from './requests.rules.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

/** Requests for single records since the last call of `server`. */
let single: string[];

const server = (answers: CswAnswers) => {
  single = [];
  return cswPages(answers, { onRecord: (id) => single.push(id) });
};

const guids = (n: number) => Array.from({ length: n }, () => at.newGuid());

describe('a catalogue service', () => {
  it('is read a page at a time; what it loses is deleted, what is the same stays', async () => {
    const all = guids(25);
    at.remote.pages = server({ ids: () => all });
    const source = await at.newSource('csw', '/csw', { deletion_guard: false });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 25 });
    at.remote.pages = server({ ids: () => all.slice(1) });
    const job = await at.harvest(source);
    expect(job.stats).toMatchObject({ 'not modified': 24, deleted: 1 });
    const reasons = (await jobChanges(db, job.id, { limit: 100, offset: 0 })).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(['same content', 'no longer in the source']));
  });

  it('that has a record without an identifier is read whole: what it loses is deleted', async () => {
    const all = ['', ...guids(3)];
    at.remote.pages = server({ ids: () => all });
    const source = await at.newSource('csw', '/csw', { deletion_guard: false });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 3, errored: 0 });
    at.remote.pages = server({ ids: () => all.slice(0, 3) });
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 2, deleted: 1, errored: 0 });
  });

  it('that cannot sort is read as it is', async () => {
    const all = guids(12);
    at.remote.pages = server({ ids: () => all, sorts: false });
    expect((await at.harvest(await at.newSource('csw', '/csw'))).stats).toMatchObject({
      added: 12,
      errored: 0,
    });
  });

  it('that repeats its first page for ever is left', async () => {
    const all = guids(10);
    at.remote.pages = server({
      ids: (start) => [...Array(start - 1).fill(''), ...all],
      next: (start) => start + 10,
    });
    expect((await at.harvest(await at.newSource('csw', '/csw'))).stats).toMatchObject({ added: 10 });
  });

  it.each<[string, DocumentServer['pages'], string]>([
    [
      'is a page of HTML',
      { '/csw': '<html><p>Sorry</p></html>' },
      'Error contacting the CSW server: the answer is html',
    ],
    ['is not there', {}, 'Error contacting the CSW server: The server answered with an error: 404'],
    ['refuses', { '/csw': cswException }, 'Error contacting the CSW server: No'],
    [
      'refuses every query',
      { '/csw': ({ body }) => (body === '' ? `<csw:Capabilities ${ofCsw}/>` : cswException) },
      'Error gathering the identifiers from the CSW server [No]',
    ],
    ['has nothing', server({ ids: () => [] }), 'No records received from the CSW server'],
  ])('that %s is an error of the job', async (_, pages, message) => {
    at.remote.pages = pages;
    const { status, gatherErrors } = await at.harvest(await at.newSource('csw', '/csw'));
    expect(status).toBe('Finished');
    expect(gatherErrors).toEqual([expect.stringContaining(message)]);
  });

  it('may lack or refuse single records', async () => {
    const [good, lost, bad] = guids(3) as [string, string, string];
    const record = (guid: string) =>
      guid === lost ? '' : guid === bad ? '<gmd:MD_Metadata>' : isoRecord({ guid });
    at.remote.pages = server({ ids: () => [good, lost, bad], record });
    const { stats, errors } = await at.harvest(await at.newSource('csw', '/csw'));
    expect(stats).toMatchObject({ added: 1, errored: 2 });
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ guid: lost, stage: 'Fetch', message: `Empty record for GUID ${lost}` }),
        expect.objectContaining({
          guid: bad,
          stage: 'Fetch',
          message: expect.stringContaining(`Error getting the CSW record with GUID ${bad}`),
        }),
      ]),
    );
  });
});

describe('a catalogue service that lists whole records', () => {
  /** The same record in a page: further to the right, and its namespaces declared elsewhere. */
  const inPage = (guid: string) =>
    isoRecord({ guid })
      .replace(' xmlns:gco="http://www.isotc211.org/2005/gco"', '')
      .replaceAll(/\n */g, (blanks) => `${blanks}    `);
  const contents = async (source: string) =>
    (
      await db.rows<{ content: string }>(
        `SELECT content FROM harvest_object WHERE harvest_source_id = $1 AND current ORDER BY guid`,
        [source],
      )
    ).map(({ content }) => content);

  it('is asked for one record, and found unchanged without any other', async () => {
    const all = guids(25);
    at.remote.pages = server({ ids: () => all, whole: inPage });
    const source = await at.newSource('gemini-csw', '/csw');
    expect((await at.harvest(source)).stats).toMatchObject({ added: 25, errored: 0 });
    expect(single).toHaveLength(1);
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 25 });
    expect(single).toHaveLength(2);
  });

  it('brings the same records as one that gives them one by one', async () => {
    const all = guids(12);
    const source = await at.newSource('gemini-csw', '/csw');
    at.remote.pages = server({ ids: () => all });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 12 });
    const before = await contents(source);
    at.remote.pages = server({ ids: () => all, whole: inPage });
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 12 });
    at.remote.pages = server({
      ids: () => all,
      whole: (guid) => isoRecord({ guid, date: '2026-03-01' }),
      record: (guid) => isoRecord({ guid, date: '2026-03-01' }),
    });
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 12 });
    expect(single).toHaveLength(1);
    expect(await contents(source)).toEqual(before.map((text) => text.replace('2026-01-02', '2026-03-01')));
  });

  it('is not believed when it leaves parts out', async () => {
    const all = guids(12);
    const part = (guid: string) =>
      isoRecord({ guid }).replace(/<gmd:topicCategory>.*<\/gmd:topicCategory>/, '');
    at.remote.pages = server({ ids: () => all, whole: part });
    const source = await at.newSource('csw', '/csw');
    expect((await at.harvest(source)).stats).toMatchObject({ added: 12 });
    expect(new Set(single)).toEqual(new Set(all));
    for (const text of await contents(source)) expect(text).toContain('<gmd:topicCategory>');
  });

  it.each([
    ['refuses them', cswException],
    ['breaks down over them', { status: 500, body: '' }],
    ['sends what is no XML', 'Out of memory'],
  ])('is asked for identifiers when it %s', async (_, answer) => {
    const all = guids(12);
    const pages = server({ ids: () => all });
    const page = pages['/csw'] as (request: { url: URL; body: string }) => string;
    at.remote.pages = { '/csw': (request) => (request.body.includes('>full<') ? answer : page(request)) };
    expect((await at.harvest(await at.newSource('gemini-csw', '/csw'))).stats).toMatchObject({
      added: 12,
      errored: 0,
    });
    expect(new Set(single)).toEqual(new Set(all));
  });
});

it('requests carry the source’s condition and what its address asks besides', () => {
  expect(getRecords({ start: 11, size: 10, elements: 'brief', cql: "a < 'b'", sorted: false })).toContain(
    `startPosition="11" maxRecords="10"><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName><csw:Constraint version="1.1.0"><csw:CqlText>a &lt; 'b'</csw:CqlText>`,
  );
  expect(requestUrl('http://a.test/csw?map=x&REQUEST=GetRecords', { request: 'GetCapabilities' })).toBe(
    'http://a.test/csw?map=x&request=GetCapabilities',
  );
  expect(publicRecordUrl('http://a.test/csw?x=y', 'a b')).toBe(
    'http://a.test/csw?SERVICE=CSW&VERSION=2.0.2&REQUEST=GetRecordById&OUTPUTSCHEMA=http%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd&OUTPUTFORMAT=application%2Fxml&ID=a+b',
  );
});
