import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CswAnswers, cswException, cswPages as invented } from '../../../../test/harness/csw_pages.ts';
import { testDatabase } from '../../../../test/harness/database.ts';
import { isoRecord } from '../../../../test/harness/iso_record.ts';
import type { DocumentServer } from '../../testing/document_server.ts';
import { type RemoteBench, remoteBench } from '../../testing/remote_bench.ts';
import { dripping } from '../faults/answers.table.ts';

type Page = DocumentServer['pages'][string];
type Stage = 'capabilities' | 'first page' | 'second page' | 'record';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

const guids = (n: number) => Array.from({ length: n }, () => at.newGuid());
const types = ['csw', 'gemini-csw'] as const;
/** Both types list by the same code, so the second is only asked whether it listens to it. */
const listed: Record<(typeof types)[number], Stage[]> = {
  csw: ['capabilities', 'first page', 'second page'],
  'gemini-csw': ['first page'],
};
/** A CSW whose records have a title each: a catalogue has room for so many names from one. */
const cswPages = (answers: CswAnswers) =>
  invented({ record: (guid) => isoRecord({ guid, title: guid }), ...answers });
/** What is missing would be deleted at once, if the listing were believed. */
const unguarded = { deletion_guard: false, delete_missing: true };

/** The server's pages, but for one stage of its answers; of records only for the given one. */
function disturbed(answers: CswAnswers, stage: Stage, page: (good: string) => Page, record = ''): Page {
  const good = cswPages(answers)['/csw'] as (request: { url: URL; body: string }) => string;
  return (request, response) => {
    const asked = request.url.searchParams.get('request');
    const at: Stage =
      asked === 'GetCapabilities'
        ? 'capabilities'
        : asked === 'GetRecordById'
          ? 'record'
          : request.body.includes('startPosition="1"')
            ? 'first page'
            : 'second page';
    const whole = good(request);
    if (at !== stage || (stage === 'record' && request.url.searchParams.get('id') !== record)) return whole;
    const answer = page(whole);
    return typeof answer === 'function' ? answer(request, response) : answer;
  };
}

/** What any kind of server may send instead is in `drivers/faults`; here is what a CSW alone is asked for. */
const answers: [what: string, answer: (good: string) => Page][] = [
  ['nothing', () => ''],
  ['half an answer', (good) => good.slice(0, good.length / 2)],
  ['an exception report', () => cswException],
  ['an answer that drips', dripping],
];

/** How a server counts its records, and where it says that the next page begins. */
const oddCounts: [what: string, answers: (all: string[]) => Partial<CswAnswers>][] = [
  ['counts none', () => ({ matched: () => '0' })],
  ['counts too few', () => ({ matched: () => '10' })],
  ['counts fewer with each page', () => ({ matched: (start) => String(21 - start) })],
  ['counts too many', () => ({ matched: () => '1000' })],
  ['counts below nothing', () => ({ matched: () => '-1' })],
  ['counts in words', () => ({ matched: () => 'many' })],
  ['says of the next page what is no number', () => ({ next: () => 'the next' })],
  ['points back to the first page', () => ({ next: () => 1 })],
  ['points to the page that it sends', () => ({ next: (start) => start })],
  ['points beyond its end', (all) => ({ next: (start) => Math.min(start + 10, all.length + 1) })],
  ['refuses what is beyond its end', (all) => ({ next: (start) => Math.min(start + 10, all.length + 1) })],
];

describe.each(types)('a catalogue service of type %s', (type) => {
  const active = async (source: string) =>
    db.rows<{ guid: string }>(
      `SELECT o.guid FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       WHERE o.harvest_source_id = $1 AND o.current ORDER BY o.guid`,
      [source],
    );

  it.each(answers.flatMap(([what, answer]) => listed[type].map((stage) => ({ what, answer, stage }))))(
    'that sends $what as its $stage loses nothing, and says so',
    async ({ answer, stage }) => {
      const all = guids(11);
      const date = '2026-05-05';
      at.remote.pages = cswPages({ ids: () => all });
      const source = await at.newSource(type, '/csw', unguarded);
      expect((await at.harvest(source)).stats).toMatchObject({ added: 11 });
      const newer = {
        ids: () => [...all, ...guids(1)],
        record: (guid: string) => isoRecord({ guid, title: guid, date }),
      };
      at.remote.pages = { '/csw': disturbed(newer, stage, answer) };
      const job = await at.harvest(source, { impatient: answer === dripping });
      expect(job).toMatchObject({ status: 'Finished', stats: { added: 0, updated: 0, deleted: 0 } });
      expect(job.gatherErrors).toEqual([
        expect.stringMatching(/^Error (contacting|gathering the identifiers from) the CSW server/),
      ]);
      expect(await active(source)).toHaveLength(11);
    },
  );

  it.each(answers)('that sends %s as a record names it, and the others are imported', async (_, answer) => {
    const all = guids(3);
    at.remote.pages = { '/csw': disturbed({ ids: () => all }, 'record', answer, all[1]) };
    const source = await at.newSource(type, '/csw', unguarded);
    const job = await at.harvest(source, { impatient: answer === dripping });
    expect(job).toMatchObject({ status: 'Finished', stats: { added: 2, errored: 1 }, gatherErrors: [] });
    expect(job.errors.map(({ guid }) => guid)).toEqual([all[1]]);
    expect(job.errors[0]?.message).toContain(all[1]);
    expect((await active(source)).map(({ guid }) => guid)).toEqual([all[0], all[2]].sort());
  });

  it.each(type === 'csw' ? oddCounts : oddCounts.slice(0, 1))(
    'that %s is read to its end, and nothing is taken for deleted',
    async (what, odd) => {
      const all = guids(21);
      at.remote.pages = cswPages({ ids: () => all });
      const source = await at.newSource(type, '/csw', unguarded);
      await at.harvest(source);
      const pages = cswPages({ ids: () => all, ...odd(all) });
      const page = pages['/csw'] as (request: { url: URL; body: string }) => string;
      at.remote.pages = {
        '/csw': (request) =>
          what.startsWith('refuses') && request.body.includes('startPosition="22"')
            ? cswException
            : page(request),
      };
      const job = await at.harvest(source);
      expect(job).toMatchObject({ status: 'Finished', stats: { 'not modified': 21, deleted: 0 } });
      expect(job.errors).toEqual([]);
    },
  );

  it('that lists records on several pages has them once, and is not believed about what is gone', async () => {
    const all = guids(12);
    at.remote.pages = cswPages({ ids: () => [...all, ...all.slice(0, 9)] });
    const job = await at.harvest(await at.newSource(type, '/csw', unguarded));
    expect(job.stats).toMatchObject({ added: 12, deleted: 0 });
    expect(job.errors).toEqual([]);
    expect(job.gatherErrors).toEqual([expect.stringContaining('not all of its records were seen')]);
  });

  it('that loses records while it is read deletes none, and says so', async () => {
    const all = guids(30);
    at.remote.pages = cswPages({ ids: () => all });
    const source = await at.newSource(type, '/csw', unguarded);
    await at.harvest(source);
    at.remote.pages = cswPages({ ids: (start) => (start === 1 ? all : all.slice(5)), matched: () => '30' });
    const job = await at.harvest(source);
    expect(job.stats).toMatchObject({ deleted: 0 });
    expect(job.gatherErrors).toEqual([expect.stringContaining('not all of its records were seen')]);
    expect(await active(source)).toHaveLength(30);
  });

  it('that loses as many records as it gains while it is read deletes those alone that are gone', async () => {
    const all = guids(30);
    at.remote.pages = cswPages({ ids: () => all });
    const source = await at.newSource(type, '/csw', unguarded);
    await at.harvest(source);
    // Five at the front go after the first page was read: five others are passed over, and the count is the same.
    const [gone, left, more] = [all.slice(0, 5), all.slice(5), guids(5)];
    at.remote.pages = cswPages({
      ids: (start) => (start === 1 ? all : [...left, ...more]),
      has: (id) => !gone.includes(id),
    });
    const job = await at.harvest(source);
    expect(job.gatherErrors).toEqual([]);
    expect(job.stats).toMatchObject({ added: 5, deleted: 0 });
    expect(await active(source)).toHaveLength(35);
    at.remote.pages = cswPages({ ids: () => [...left, ...more] });
    expect((await at.harvest(source)).stats).toMatchObject({ added: 0, deleted: 5 });
    expect((await active(source)).map(({ guid }) => guid)).toEqual([...left, ...more].sort());
  });

  it.each([
    ['breaks down', { status: 500, body: '' }, 0],
    ['is in trouble', cswException, 0],
    ['knows no such record', cswException.replace('ion>', 'ion exceptionCode="InvalidParameterValue">'), 1],
    [
      'answers with nothing',
      '<csw:GetRecordByIdResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>',
      1,
    ],
  ])('that %s when it is asked for a missing record', async (_, answer, deleted) => {
    const all = guids(5);
    at.remote.pages = cswPages({ ids: () => all });
    const source = await at.newSource(type, '/csw', unguarded);
    await at.harvest(source);
    at.remote.pages = { '/csw': disturbed({ ids: () => all.slice(1) }, 'record', () => answer, all[0]) };
    const job = await at.harvest(source);
    expect(job.stats).toMatchObject({ deleted });
    expect(job.gatherErrors).toHaveLength(1 - deleted);
  });

  it('whose records call themselves otherwise than its listing keeps them', async () => {
    const all = guids(3);
    const answers = { ids: () => all, record: (id: string) => isoRecord({ guid: `{${id}}`, title: id }) };
    at.remote.pages = cswPages(answers);
    const source = await at.newSource(type, '/csw', unguarded);
    expect((await at.harvest(source)).stats).toMatchObject({ added: 3, errored: 0 });
    const again = await at.harvest(source);
    expect(again.stats).toMatchObject({ 'not modified': 3, added: 0, updated: 0, deleted: 0, errored: 0 });
    expect(await active(source)).toHaveLength(3);
    at.remote.pages = cswPages({ ...answers, ids: () => all.slice(1) });
    expect((await at.harvest(source)).stats).toMatchObject({ deleted: 1 });
  });

  it.each([
    ['in a year of five digits', '12011-03-15'],
    ['in the year nothing', '0000-01-01'],
    ['on a day that there is not', '2026-02-30'],
    ['in words', 'soon'],
    ['never', ''],
  ])('whose record is dated %s names it, and imports the others', async (_, date) => {
    const [bad, good] = guids(2) as [string, string];
    at.remote.pages = cswPages({
      ids: () => [bad, good],
      record: (guid) => isoRecord({ guid, title: guid, ...(guid === bad ? { date } : {}) }),
    });
    const config = { ...unguarded, continue_on_validation_errors: true };
    const job = await at.harvest(await at.newSource(type, '/csw', config));
    expect(job.stats).toMatchObject({ added: 1, errored: 1 });
    expect(
      job.errors.find(({ message }) => message.startsWith('Could not extract reference date')),
    ).toMatchObject({
      guid: bad,
    });
  });
});
