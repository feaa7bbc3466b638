import { createHash } from 'node:crypto';
import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { jobChanges } from '../job/changes.ts';
import { findJob } from '../job/job.repo.ts';
import { jobReport } from '../job/report.ts';
import { runWholeJob } from '../job/run_whole.ts';
import { startJob } from '../testing/harvest_bench.ts';
import { type RemoteBench, remoteBench } from '../testing/remote_bench.ts';

let db: Db;
let at: RemoteBench;
/** What the server was asked, and how it answered, since it was last looked at: `200 /data.json`. */
let asked: string[];

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
  asked = [];
});
afterEach(() => at.close());

const lately = (): string[] => asked.splice(0);

/** Serves documents by path and query, with an ETag each that tells their text. */
function serve(documents: Record<string, string>): void {
  const paths = new Set(Object.keys(documents).map((one) => one.split('?')[0] ?? ''));
  at.remote.pages = Object.fromEntries(
    [...paths].map((path) => [
      path,
      ({ url, headers }) => {
        const name = url.pathname + url.search;
        const body = documents[name];
        const etag = `"${createHash('md5')
          .update(body ?? '')
          .digest('hex')}"`;
        const status = body === undefined ? 404 : headers['if-none-match'] === etag ? 304 : 200;
        asked.push(`${status} ${name}`);
        return { status, headers: { etag }, body: status === 200 ? (body ?? '') : '' };
      },
    ]),
  );
}

const dataJson = (...ids: string[]) =>
  JSON.stringify({ dataset: ids.map((identifier) => ({ identifier, title: identifier })) });

const rdf = (ids: string[], next = '') =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
     xmlns:dct="http://purl.org/dc/terms/" xmlns:hydra="http://www.w3.org/ns/hydra/core#">${ids
       .map(
         (id) =>
           `<dcat:Dataset rdf:about="http://feed.test/${id}"><dct:title>${id}</dct:title></dcat:Dataset>`,
       )
       .join('')}${
       next === ''
         ? ''
         : `<hydra:PartialCollectionView rdf:about="#view"><hydra:next rdf:resource="${next}"/></hydra:PartialCollectionView>`
     }</rdf:RDF>`;

const inventory = (modified: string, ...ids: string[]) =>
  `<Inventory xmlns="http://schemas.esd.org.uk/inventory" Modified="${modified}"><Identifier>http://feed.test/</Identifier><Datasets>${ids
    .map((id) => `<Dataset Active="Yes"><Identifier>${id}</Identifier><Title>${id}</Title></Dataset>`)
    .join('')}</Datasets></Inventory>`;

const reasonsOf = async (job: string) =>
  (await jobChanges(db, job, { limit: 100, offset: 0 })).map(({ reason }) => reason);

describe('a listing that has not changed', () => {
  it('leaves every record of a data.json as it is, and the job says so', async () => {
    const ids = [at.newGuid(), at.newGuid()];
    serve({ '/data.json': dataJson(...ids) });
    const source = await at.newSource('dcat_json', '/data.json', { deletion_guard: false });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 2 });
    expect(lately()).toEqual(['200 /data.json', '404 /data.json?page=2']);
    for (let run = 0; run < 2; run++) {
      const job = await at.harvest(source);
      expect(job.stats).toMatchObject({ 'not modified': 2, updated: 0, deleted: 0, errored: 0 });
      expect(lately()).toEqual(['304 /data.json', '404 /data.json?page=2']);
      expect(await jobReport(db, (await findJob(db, job.id))!)).toMatchObject({ listing_unchanged: true });
      expect(await reasonsOf(job.id)).toEqual(Array(2).fill('unchanged by its listing'));
    }
    serve({ '/data.json': dataJson(ids[0]!) });
    const job = await at.harvest(source);
    expect(job.stats).toMatchObject({ updated: 1, deleted: 1 });
    expect(await jobReport(db, (await findJob(db, job.id))!)).not.toHaveProperty('listing_unchanged');
    expect(lately()).toEqual(['200 /data.json', '404 /data.json?page=2']);
  });

  it('is one whose every page has not: a page that was added is read, with the others', async () => {
    const ids = [at.newGuid(), at.newGuid(), at.newGuid()];
    serve({ '/data.json': dataJson(ids[0]!), '/data.json?page=2': dataJson(ids[1]!) });
    const source = await at.newSource('dcat_json', '/data.json');
    await at.harvest(source);
    lately();
    serve({
      '/data.json': dataJson(ids[0]!),
      '/data.json?page=2': dataJson(ids[1]!),
      '/data.json?page=3': dataJson(ids[2]!),
    });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, deleted: 0 });
    expect(lately()).toEqual([
      '304 /data.json',
      '304 /data.json?page=2',
      '200 /data.json?page=3',
      '200 /data.json',
      '200 /data.json?page=2',
      '200 /data.json?page=3',
      '404 /data.json?page=4',
    ]);
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 3 });
  });

  it('leaves the datasets of an RDF catalogue of several pages', async () => {
    const ids = [at.newGuid(), at.newGuid()];
    const second = `${at.remote.url}/catalog.rdf?page=2`;
    serve({ '/catalog.rdf': rdf([ids[0]!], second), '/catalog.rdf?page=2': rdf([ids[1]!]) });
    const source = await at.newSource('dcat_rdf', '/catalog.rdf');
    await at.harvest(source);
    lately();
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 2, deleted: 0 });
    expect(lately()).toEqual(['304 /catalog.rdf', '304 /catalog.rdf?page=2']);
    serve({ '/catalog.rdf': rdf([ids[0]!], second), '/catalog.rdf?page=2': rdf([ids[1]!, at.newGuid()]) });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, deleted: 0 });
  });

  it('of an inventory brings no record, as one without newer dates does', async () => {
    const ids = [at.newGuid(), at.newGuid()];
    serve({ '/inventory.xml': inventory('2026-01-01', ...ids) });
    const source = await at.newSource('inventory', '/inventory.xml');
    expect((await at.harvest(source)).stats).toMatchObject({ added: 2 });
    lately();
    const job = await at.harvest(source);
    expect(lately()).toEqual(['304 /inventory.xml']);
    expect(job.stats).toMatchObject({ 'not modified': 0, errored: 0, deleted: 0 });
    expect(await jobReport(db, (await findJob(db, job.id))!)).toMatchObject({ listing_unchanged: true });
  });
});

describe('is not asked about, but read, a listing', () => {
  const ids = () => [at.newGuid(), at.newGuid()];
  const readAgain = ['200 /data.json', '404 /data.json?page=2'];

  it('of which a record failed: it would stay unimported', async () => {
    const [good, bad] = ids();
    const feed = (title: string) =>
      JSON.stringify([
        { identifier: good, title: good },
        { identifier: bad, title },
      ]);
    serve({ '/data.json': feed('tea') });
    const source = await at.newSource('dcat_json', '/data.json');
    const { writer } = at.bench.site;
    Object.assign(at.bench.site, {
      writer: {
        ...writer,
        create: (...[tx, datasets, options]: Parameters<typeof writer.create>) => {
          if (datasets.some(({ title }) => title === 'tea')) throw new Error('no tea');
          return writer.create(tx, datasets, options);
        },
      },
    });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, errored: 1 });
    Object.assign(at.bench.site, { writer });
    lately();
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, updated: 1, errored: 0 });
    expect(lately()).toEqual(readAgain);
  });

  it('of a source whose configuration has changed since, or forbids it', async () => {
    serve({ '/data.json': dataJson(...ids()) });
    const source = await at.newSource('dcat_json', '/data.json');
    await at.harvest(source);
    for (const config of ['{"a": 1}', '{"conditional_requests": false}', '{"conditional_requests": false}']) {
      await db.rows(`UPDATE harvest_source SET config = $2 WHERE id = $1`, [source, config]);
      lately();
      expect((await at.harvest(source)).stats).toMatchObject({ updated: 2 });
      expect(lately()).toEqual(readAgain);
    }
  });

  it('whose records are imported by force', async () => {
    const [one, other] = ids();
    serve({ '/data.json': dataJson(one!, other!) });
    const source = await at.newSource('dcat_json', '/data.json');
    await at.harvest(source);
    lately();
    const id = await startJob({ ...at.bench.site, enqueue: async () => {} }, source);
    await runWholeJob(at.bench.site, id, new AbortController().signal, { force: (guid) => guid === one });
    expect(lately()).toEqual(readAgain);
  });

  it('of whose datasets one was deleted here, which the source brings back', async () => {
    serve({ '/data.json': dataJson(...ids()) });
    const source = await at.newSource('dcat_json', '/data.json');
    await at.harvest(source);
    await db.rows(
      `UPDATE package SET state = 'deleted' WHERE id = (SELECT min(package_id) FROM harvest_object WHERE harvest_source_id = $1)`,
      [source],
    );
    lately();
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 2 });
    expect(lately()).toEqual(readAgain);
  });

  it('that no version is known of', async () => {
    at.remote.pages = { '/data.json': ({ url }) => (url.search ? { status: 404, body: '' } : dataJson('v')) };
    const source = await at.newSource('dcat_json', '/data.json');
    await at.harvest(source);
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 1, 'not modified': 0 });
  });

  it('whose version changed between two attempts at one job', async () => {
    const all = ids();
    serve({ '/catalog.rdf': rdf([all[0]!]) });
    const source = await at.newSource('dcat_rdf', '/catalog.rdf');
    const { db: whole } = at.bench.site;
    let writes = 0;
    // The first attempt stores the records, and is lost before its end.
    const transact: typeof whole.transact = (...work) => {
      if (asked.length > 0 && ++writes === 2) throw Object.assign(new Error('gone'), { code: '57P01' });
      return whole.transact(...work);
    };
    Object.assign(at.bench.site, { db: { ...whole, transact } });
    const id = await startJob(at.bench.site, source);
    await expect(at.bench.drain()).rejects.toThrow('gone');
    serve({ '/catalog.rdf': rdf(all) });
    at.bench.queue.push({ job: 'harvest.gather', key: id });
    await at.bench.drain();
    expect(lately()).toEqual(['200 /catalog.rdf', '200 /catalog.rdf']);
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 2 });
    expect(lately()).toEqual(['200 /catalog.rdf']);
  });
});

describe.each([
  ['single-doc', '/one.xml', undefined],
  ['gemini-single', '/one.xml', undefined],
  ['waf', '/waf/', '/waf/a.xml'],
  ['gemini-waf', '/waf/', '/waf/a.xml'],
])('a document of type %s', (type, path, inFolder) => {
  const listing = inFolder ? { [path]: '<a href="a.xml">a</a>' } : {};
  const document = inFolder ?? path;
  const read = (status: number) => [...(inFolder ? [`200 ${path}`] : []), `${status} ${document}`];

  it('is asked for on condition once its record is current', async () => {
    const guid = at.newGuid();
    const good = isoRecord({ guid });
    serve({ ...listing, [document]: good });
    const source = await at.newSource(type, path);
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1 });
    expect(lately()).toEqual(read(200));
    for (let run = 0; run < 2; run++) {
      expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1, errored: 0, deleted: 0 });
      expect(lately()).toEqual(read(304));
    }
    // Newer, but not imported: then it is not what the current record was made from.
    serve({
      ...listing,
      [document]: good.replace('</gmd:abstract>', '').replaceAll('2026-01-02', '2026-02-01'),
    });
    const { stats } = await at.harvest(source);
    expect(stats).toMatchObject({ added: 0, updated: 0, deleted: 0 });
    expect(stats['errored']).toBeGreaterThan(0);
    lately();
    serve({ ...listing, [document]: isoRecord({ guid, date: '2026-02-02', title: 'Newer' }) });
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 1 });
    expect(lately()).toEqual(read(200));
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    expect(lately()).toEqual(read(304));
  });

  it('is read when its record was not imported, or another configuration holds', async () => {
    const guid = at.newGuid();
    serve({ ...listing, [document]: isoRecord({ guid, date: 'yesterday' }) });
    const source = await at.newSource(type, path, { continue_on_validation_errors: true });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 0, errored: 1 });
    lately();
    expect((await at.harvest(source)).stats).toMatchObject({ added: 0, errored: 1 });
    expect(lately()).toEqual(read(200));
    serve({ ...listing, [document]: isoRecord({ guid }) });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1 });
    await db.rows(`UPDATE harvest_source SET config = '{"clean_tags": true}' WHERE id = $1`, [source]);
    lately();
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    expect(lately()).toEqual(read(200));
  });
});
