import type { Db } from '@portolan/db';
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { runGather } from '../../gather/gather.job.ts';
import { feedHealth } from '../../health/feed_health.ts';
import { findJob } from '../../job/job.repo.ts';
import { jobReport } from '../../job/report.ts';
import { runImport } from '../../object/import.job.ts';
import { previewHarvest } from '../../preview/preview.ts';
import { findSource } from '../../source/source.repo.ts';
import { startJob, testRun } from '../../testing/harvest_bench.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';

let db: Db;
let at: RemoteBench;
/** Paths that the server was asked for since it was last looked at. */
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
const config = { validator_profiles: ['constraints'] };
const nothingFound = "Couldn't find any links to metadata files";

/** A folder of these documents; nothing is at a link whose document is undefined. */
function serve(documents: Record<string, string | undefined>): void {
  const pages: [string, string][] = [
    [
      '/waf/',
      Object.keys(documents)
        .map((name) => `<a href="${name}">${name}</a>`)
        .join(),
    ],
  ];
  for (const [name, document] of Object.entries(documents))
    if (document !== undefined) pages.push([`/waf/${name}`, document]);
  at.remote.pages = Object.fromEntries(
    pages.map(([path, body]) => [
      path,
      () => {
        asked.push(path);
        return body;
      },
    ]),
  );
}

const active = async (source: string) =>
  (
    await db.rows<{ guid: string }>(
      `SELECT o.guid FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current ORDER BY 1`,
      [source],
    )
  ).map(({ guid }) => guid);

describe('the documents of a folder', () => {
  it('are read one by one after it was listed, as its host is asked for any record', async () => {
    const guids = [at.newGuid(), at.newGuid()];
    serve({ 'a.xml': isoRecord({ guid: guids[0]! }), 'b.xml': isoRecord({ guid: guids[1]! }) });
    const source = await at.newSource('gemini-waf', '/waf/', config);
    const job = await startJob(at.bench.site, source);
    await runGather(at.bench.site, testRun(), job);
    expect(lately()).toEqual(['/waf/']);
    at.bench.queue.push({ job: 'harvest.import', key: job });
    await at.bench.drain();
    expect(lately()).toEqual(['/waf/a.xml', '/waf/b.xml']);
    expect(await active(source)).toEqual(guids);
  });

  it('that are none are errors of the job, each counted once, and leave no object', async () => {
    const guid = at.newGuid();
    serve({
      'a.xml': undefined,
      'b.xml': '<a/>',
      'c.xml': isoRecord({ guid: '' }),
      'd.xml': isoRecord({ guid }),
    });
    const source = await at.newSource('gemini-waf', '/waf/', config);
    for (const done of ['added', 'not modified']) {
      const { id, stats, gatherErrors, errors } = await at.harvest(source);
      expect(stats).toMatchObject({ [done]: 1, errored: 4 });
      expect(gatherErrors).toHaveLength(4);
      expect(errors).toEqual([]);
      expect(await db.rows(`SELECT guid FROM harvest_object WHERE harvest_job_id = $1`, [id])).toEqual([
        { guid },
      ]);
    }
    const health = await feedHealth(db, (await findSource(db, source))!);
    expect(health.missing_identifiers).toEqual([{ record: `${at.remote.url}/waf/c.xml`, position: 3 }]);
  });

  it('that are none, all of them, are as good as no link', async () => {
    serve({ 'a.xml': undefined });
    const { stats, gatherErrors } = await at.harvest(await at.newSource('gemini-waf', '/waf/', config));
    expect(stats).toMatchObject({ errored: 2 });
    expect(gatherErrors?.sort()).toEqual([nothingFound, expect.stringMatching(/^Couldn't harvest WAF link/)]);
  });

  it('that claim one GUID are two objects of it, the second an error, and the feed’s health tells', async () => {
    const guid = at.newGuid();
    serve({ 'a.xml': isoRecord({ guid }), 'b.xml': isoRecord({ guid }) });
    const source = await at.newSource('gemini-waf', '/waf/', config);
    for (const done of ['added', 'not modified']) {
      const { id, stats } = await at.harvest(source);
      expect(stats).toMatchObject({ [done]: 1, errored: 1 });
      const report = await jobReport(db, (await findJob(db, id))!);
      expect(Object.values(report.object_errors)).toMatchObject([
        {
          guid,
          original_url: `${at.remote.url}/waf/b.xml`,
          errors: [{ message: expect.stringContaining('has a GUID') }],
        },
      ]);
      const health = await feedHealth(db, (await findSource(db, source))!);
      expect(health.duplicates).toEqual([{ guid, position: 2 }]);
    }
  });

  it('that another source has too are told of', async () => {
    const guid = at.newGuid();
    serve({ 'a.xml': isoRecord({ guid: at.newGuid() }), 'b.xml': isoRecord({ guid }) });
    const first = await at.newSource('gemini-waf', '/waf/', config);
    await at.harvest(first);
    serve({ 'b.xml': isoRecord({ guid }) });
    const second = await at.newSource('gemini-waf', '/waf/', config);
    expect((await at.harvest(second)).stats).toMatchObject({ 'not modified': 1, errored: 0 });
    const health = await feedHealth(db, (await findSource(db, second))!);
    expect(health.in_other_sources).toEqual([{ guid, position: 1, source: first }]);
  });

  it('at an address that holds another record now are that record', async () => {
    const [old, other] = [at.newGuid(), at.newGuid()];
    serve({ 'a.xml': isoRecord({ guid: old }) });
    const source = await at.newSource('gemini-waf', '/waf/', config);
    await at.harvest(source);
    serve({ 'a.xml': isoRecord({ guid: other }) });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 1, errored: 0 });
    expect(await active(source)).toEqual([old, other]);
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
  });
});

it('documents that have not changed cost as few writes as those of any folder', async () => {
  const writes = async (count: number, etag: string | undefined): Promise<number> => {
    const documents = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`${n}.xml`, isoRecord({ guid: at.newGuid() })]),
    );
    serve(documents);
    if (etag !== undefined)
      for (const [name, body] of Object.entries(documents))
        at.remote.pages[`/waf/${name}`] = ({ headers }) =>
          headers['if-none-match'] === etag
            ? { status: 304, headers: { etag }, body: '' }
            : { headers: { etag }, body };
    const source = await at.newSource('gemini-waf', '/waf/', config);
    expect((await at.harvest(source)).stats).toMatchObject({ added: count });
    const query = vi.spyOn(pg.Client.prototype, 'query');
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': count });
    const texts = query.mock.calls.map(([first]) => {
      const given = first as unknown as string | { text: string };
      return typeof given === 'string' ? given : given.text;
    });
    query.mockRestore();
    // Turns at the host are taken request by request, by whatever driver.
    return texts.filter(
      (text) =>
        /\b(INSERT INTO|DELETE FROM|(?<!FOR (NO KEY )?)UPDATE)\b/.test(text) && !text.includes('fetch_turn'),
    ).length;
  };
  for (const etag of [undefined, '"one"'])
    expect((await writes(90, etag)) - (await writes(10, etag))).toBeLessThanOrEqual(5);
});

describe('a folder whose reading is interrupted', () => {
  it('goes on with what had not been read, and tells everything once', async () => {
    const guids = Array.from({ length: 4 }, () => at.newGuid());
    const documents = Object.fromEntries(guids.map((guid, n) => [`${n}.xml`, isoRecord({ guid })]));
    serve({ '/elsewhere/x.xml': undefined, 'gone.xml': undefined, ...documents });
    const source = await at.newSource('gemini-waf', '/waf/', config);
    const job = await startJob(at.bench.site, source);
    // The listing is cut off before its end is stored.
    const cut = { ...at.bench.site, db: { ...db } } as typeof at.bench.site;
    let writes = 0;
    cut.db.transact = (...work) => {
      if (++writes === 4) throw Object.assign(new Error('gone'), { code: '57P01' });
      return db.transact(...work);
    };
    await expect(runGather(cut, testRun(), job)).rejects.toThrow('gone');
    await runGather(at.bench.site, testRun(), job);
    lately();
    // Then the reading, at the third record.
    const stopping = new AbortController();
    const third = at.remote.pages['/waf/2.xml']!;
    at.remote.pages['/waf/2.xml'] = () => {
      stopping.abort();
      return { status: 503, body: '' };
    };
    await expect(runImport(at.bench.site, testRun('first', stopping.signal), job)).rejects.toThrow();
    expect(lately()).toEqual(['/waf/0.xml', '/waf/1.xml']);
    at.remote.pages['/waf/2.xml'] = third;
    at.bench.queue.push({ job: 'harvest.import', key: job });
    await at.bench.drain();
    expect(lately()).not.toContain('/waf/');
    expect(await active(source)).toEqual(guids);
    const { gather_errors: errors } = await jobReport(db, (await findJob(db, job))!);
    expect(errors.map(({ message }) => message).sort()).toEqual([
      expect.stringMatching(/^Couldn't harvest WAF link: .*gone.xml/),
      expect.stringMatching(/^Ignoring link/),
    ]);
  });
});

describe('what a folder has no more', () => {
  const deleting = { ...config, delete_missing: true, deletion_guard: false };

  it('is deleted once every document was read, where the source says so', async () => {
    const [kept, gone] = [at.newGuid(), at.newGuid()];
    serve({ 'a.xml': isoRecord({ guid: kept }), 'b.xml': isoRecord({ guid: gone }) });
    const source = await at.newSource('gemini-waf', '/waf/', deleting);
    await at.harvest(source);
    serve({ 'a.xml': isoRecord({ guid: kept, date: '2026-03-01' }) });
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 1, deleted: 1, errored: 0 });
    expect(await active(source)).toEqual([kept]);
  });

  it('stays while a document of it could not be read: that might be it', async () => {
    const [kept, moved] = [at.newGuid(), at.newGuid()];
    serve({ 'a.xml': isoRecord({ guid: kept }), 'b.xml': isoRecord({ guid: moved }) });
    const source = await at.newSource('gemini-waf', '/waf/', deleting);
    await at.harvest(source);
    serve({ 'a.xml': isoRecord({ guid: kept }), 'c.xml': undefined });
    expect((await at.harvest(source)).stats).toMatchObject({ deleted: 0, errored: 1 });
    // There it is, at another address: an error of its own, but nothing that is missing.
    serve({ 'a.xml': isoRecord({ guid: kept }), 'c.xml': isoRecord({ guid: moved }) });
    expect((await at.harvest(source)).stats).toMatchObject({ deleted: 0, errored: 1 });
    expect(await active(source)).toEqual([kept, moved]);
  });

  it('is held back when it is too much of the source, of all that it had', async () => {
    const guids = Array.from({ length: 60 }, () => at.newGuid());
    const named = (from: number, date: string) =>
      Object.fromEntries(guids.slice(from).map((guid, n) => [`${n + from}.xml`, isoRecord({ guid, date })]));
    serve(named(0, '2026-01-02'));
    const source = await at.newSource('gemini-waf', '/waf/', { ...config, delete_missing: true });
    await at.harvest(source);
    serve(named(20, '2026-03-01'));
    const held = await at.harvest(source);
    expect(held).toMatchObject({
      stats: { updated: 40, deleted: 0 },
      gatherErrors: ['Deletion of 20 of 60 datasets held back'],
    });
    serve(named(11, '2026-04-01'));
    // Less than a fifth of the sixty: those that this job has changed are among them.
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 49, deleted: 11, errored: 0 });
  });

  it('stays when the job is ended before every document was read', async () => {
    const [kept, gone] = [at.newGuid(), at.newGuid()];
    serve({ 'a.xml': isoRecord({ guid: kept }), 'b.xml': isoRecord({ guid: gone }) });
    const source = await at.newSource('gemini-waf', '/waf/', deleting);
    await at.harvest(source);
    serve({ 'a.xml': isoRecord({ guid: kept }) });
    const job = await startJob(at.bench.site, source);
    await runGather(at.bench.site, testRun(), job);
    await db.rows(`UPDATE harvest_job SET status = 'Finished', finished = now() WHERE id = $1`, [job]);
    await at.bench.drain();
    expect(await active(source)).toEqual([kept, gone].sort());
  });
});

it('a preview reads the documents and tells of links as the job would', async () => {
  const [kept, gone] = [at.newGuid(), at.newGuid()];
  serve({ 'a.xml': isoRecord({ guid: kept }), 'b.xml': isoRecord({ guid: gone }) });
  const source = await at.newSource('gemini-waf', '/waf/', {
    ...config,
    delete_missing: true,
    deletion_guard: false,
  });
  await at.harvest(source);
  const preview = async () => {
    const running = previewHarvest(at.bench.site, (await findSource(db, source))!, {
      limit: 10,
      signal: new AbortController().signal,
    });
    const records: string[] = [];
    for (;;) {
      const next = await running.next();
      if (next.done) return { records, summary: next.value };
      records.push(`${next.value.record.action} ${next.value.record.guid}`);
    }
  };
  const fresh = at.newGuid();
  serve({ 'a.xml': isoRecord({ guid: kept, date: '2026-03-01' }), 'c.xml': isoRecord({ guid: fresh }) });
  expect((await preview()).records).toEqual([`update ${kept}`, `create ${fresh}`, `delete ${gone}`]);
  serve({ 'c.xml': undefined });
  expect(await preview()).toMatchObject({
    records: [],
    summary: {
      complete: false,
      gather_errors: [expect.stringMatching(/^Couldn't harvest WAF link/), nothingFound],
    },
  });
});
