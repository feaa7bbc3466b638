import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import { findJob } from '../../job/job.repo.ts';
import { jobReport } from '../../job/report.ts';
import type { DocumentServer } from '../../testing/document_server.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { traceDataset } from '../../trace/trace.ts';
import { dripping } from '../faults/answers.table.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

const fresh = () => at.newGuid();
const listing = (...names: string[]) => ({
  headers: { server: 'other' },
  body: names.map((name) => `<a href="${name}">${name}</a>`).join('\n'),
});

const laughs = '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]>';
const secret = '<!DOCTYPE a [<!ENTITY s SYSTEM "file:///etc/passwd">]>';
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

const drips = 'that drips';

describe('a record of a folder that is bad', () => {
  it.each<[what: string, page: () => DocumentServer['pages'][string], error: string, stage: string]>([
    ['with entities that multiply', () => laughs + isoRecord(), 'DOCTYPE, which is not allowed', 'Import'],
    ['with an entity from outside', () => secret + isoRecord(), 'DOCTYPE, which is not allowed', 'Import'],
    [
      'nested for ever',
      () => isoRecord({ constraints: '<a>'.repeat(400) + '</a>'.repeat(400) }),
      'Excessive depth',
      'Import',
    ],
    [
      'that breaks off',
      () => isoRecord().replace('</gmd:abstract>', ''),
      'Could not parse XML file',
      'Import',
    ],
    [
      'that is a page of HTML',
      () => '<html><body>Sorry</body></html>',
      'Transformation to ISO failed',
      'Import',
    ],
    ['that is nothing', () => 'sorry', 'The answer is not XML', 'Fetch'],
    ['that is not there', () => ({ status: 404, body: '' }), 'Could not harvest WAF link', 'Fetch'],
    [
      'of a gigabyte',
      () => (_, response) => {
        response.writeHead(200, { 'content-length': String(2 ** 30) }).write('<');
        return undefined;
      },
      'The answer is too large',
      'Fetch',
    ],
    [drips, () => dripping('<'), 'The connection timed out', 'Fetch'],
    [
      'dated in a year of five digits',
      () => isoRecord({ guid: fresh(), date: '12011-03-15' }),
      'Could not extract reference date',
      'Import',
    ],
    [
      'that does not validate',
      () => isoRecord().replace('<gmd:language>', '<gmd:tongue/><gmd:language>'),
      'tongue',
      'Validation',
    ],
  ])('%s is an error of its own, and the others are imported', async (what, page, error, stage) => {
    at.remote.pages = {
      '/waf/': listing('bad.xml', 'good.xml'),
      '/waf/bad.xml': page(),
      '/waf/good.xml': isoRecord({ guid: fresh() }),
    };
    const job = await at.harvest(await at.newSource('waf', '/waf/'), { impatient: what === drips });
    expect(job).toMatchObject({ status: 'Finished', stats: { added: 1, errored: 1 }, gatherErrors: [] });
    expect(job.errors.map(({ message }) => message).join('\n')).toContain(error);
    expect(new Set(job.errors.map((one) => one.stage))).toEqual(new Set([stage]));
  });

  it('is told with the address that it stands at, in the report and in the trace of its dataset', async () => {
    at.remote.pages = {
      '/waf/': listing('bad.xml', 'good.xml'),
      '/waf/bad.xml': 'sorry',
      '/waf/good.xml': isoRecord({ guid: fresh() }),
    };
    const job = await at.harvest(await at.newSource('waf', '/waf/'));
    const report = await jobReport(db, (await findJob(db, job.id))!);
    expect(Object.values(report.object_errors)).toMatchObject([
      { original_url: `${at.remote.url}/waf/bad.xml`, errors: [{ type: 'Fetch' }] },
    ]);
    const [good] = await db.rows<{ id: string }>(
      `SELECT package_id AS id FROM harvest_object WHERE harvest_job_id = $1 AND current`,
      [job.id],
    );
    expect((await traceDataset(db, good?.id ?? ''))?.links[0]).toMatchObject({
      link: 'source record',
      url: `${at.remote.url}/waf/good.xml`,
    });
  });

  it.each<[what: string, page: () => Buffer | string]>([
    ['in UTF-16', () => utf16(isoRecord({ guid: fresh() }))],
    [
      'in UTF-8 that says it is UTF-16',
      () => `<?xml version="1.0" encoding="UTF-16"?>${isoRecord({ guid: fresh() })}`,
    ],
  ])('only at first sight, %s, is imported', async (_, page) => {
    at.remote.pages = { '/waf/': listing('odd.xml'), '/waf/odd.xml': page() };
    expect(await at.harvest(await at.newSource('waf', '/waf/'))).toMatchObject({
      stats: { added: 1, errored: 0 },
    });
  });

  it('in its geometry is imported without it, and with an error', async () => {
    at.remote.pages = { '/one.xml': isoRecord({ guid: fresh(), bbox: ['west', '1', '2', '3'] }) };
    const source = await at.newSource('single-doc', '/one.xml', { continue_on_validation_errors: true });
    const job = await at.harvest(source);
    expect(job.stats).toMatchObject({ added: 1, errored: 1 });
    expect(job.errors.at(-1)?.message).toContain("could not convert string to float: 'west'");
  });

  it('for its GUID, which another has, leaves the other alone', async () => {
    const guid = fresh();
    at.remote.pages = {
      '/waf/': listing('a.xml', 'b.xml'),
      '/waf/a.xml': isoRecord({ guid }),
      '/waf/b.xml': isoRecord({ guid }),
    };
    const job = await at.harvest(await at.newSource('waf', '/waf/'));
    expect(job.stats).toMatchObject({ added: 1, errored: 1 });
    expect(job.errors[0]?.message).toMatch(new RegExp(`^Object \\S+ already has this guid ${guid}$`));
    at.remote.pages = { '/c.xml': isoRecord({ guid }) };
    expect((await at.harvest(await at.newSource('single-doc', '/c.xml'))).stats).toMatchObject({
      added: 0,
      errored: 1,
    });
  });
});

describe('a folder', () => {
  it('below that cannot be read means that nothing is deleted', async () => {
    const guids = [fresh(), `${fresh()}-b`];
    at.remote.pages = {
      '/waf/': listing('a.xml', 'sub/'),
      '/waf/a.xml': isoRecord({ guid: guids[0]! }),
      '/waf/sub/': listing('b.xml'),
      '/waf/sub/b.xml': isoRecord({ guid: guids[1]! }),
    };
    const source = await at.newSource('waf', '/waf/', { deletion_guard: false });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 2 });
    const { '/waf/sub/': _, ...rest } = at.remote.pages;
    at.remote.pages = rest;
    const broken = await at.harvest(source);
    expect(broken.stats).toMatchObject({ deleted: 0, 'not modified': 1 });
    expect(broken.gatherErrors).toEqual([
      `Unable to get content for URL: ${at.remote.url}/waf/sub/: The server answered with an error: 404`,
    ]);
    at.remote.pages = { ...rest, '/waf/': listing('a.xml') };
    expect((await at.harvest(source)).stats).toMatchObject({ deleted: 1, 'not modified': 1 });
  });

  it('without dates is read again each time, and a document that is the same is not looked at again', async () => {
    const guid = fresh();
    at.remote.pages = { '/waf/': listing('a.xml'), '/waf/a.xml': isoRecord({ guid, title: 'One' }) };
    const source = await at.newSource('waf', '/waf/');
    const reason = async () => {
      const job = await at.harvest(source);
      const [row] = await db.rows<{ reason: string }>(
        `SELECT t.reason FROM portolan.harvest_object_state t JOIN harvest_object o ON o.id = t.object_id
         WHERE o.harvest_job_id = $1`,
        [job.id],
      );
      return [row?.reason, job.stats['not modified'], job.stats['updated']];
    };
    await at.harvest(source);
    expect(await reason()).toEqual(['same content', 1, 0]);
    at.remote.pages['/waf/a.xml'] = isoRecord({ guid, title: 'Two' });
    expect(await reason()).toEqual(['metadata date is not later', 1, 0]);
    at.remote.pages['/waf/a.xml'] = isoRecord({ guid, title: 'Three', date: '2026-02-01' });
    expect(await reason()).toEqual(['changed in the source', 0, 1]);
    expect(await reason()).toEqual(['same content', 1, 0]);
  });

  it('whose listing has dates is read again only where they are later', async () => {
    const guid = fresh();
    const dated = (date: string) => ({
      headers: { server: 'Apache' },
      body: `<a href="a.xml">a</a> ${date}`,
    });
    let asked = 0;
    const record = (date: string) => () => {
      asked++;
      return isoRecord({ guid, date });
    };
    at.remote.pages = { '/waf/': dated('2026-01-01 10:00'), '/waf/a.xml': record('2026-01-01') };
    const source = await at.newSource('waf', '/waf/');
    await at.harvest(source);
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    expect(asked).toBe(1);
    at.remote.pages['/waf/'] = dated('2026-01-02 10:00');
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    expect((await at.harvest(source)).stats).toMatchObject({ 'not modified': 1 });
    expect(asked).toBe(2);
    at.remote.pages = { '/waf/': dated('2026-01-03 10:00'), '/waf/a.xml': record('2026-01-03') };
    expect((await at.harvest(source)).stats).toMatchObject({ updated: 1 });
  });
});
