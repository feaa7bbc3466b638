import type { Db } from '@portolan/db';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { testRun } from '../testing/harvest_bench.ts';
import { type RemoteBench, remoteBench } from '../testing/remote_bench.ts';
import { shareSupersededContents } from './superseded.repo.ts';

let db: Db;
let at: RemoteBench;

beforeAll(async () => {
  ({ db } = await testDatabase());
});
beforeEach(async () => {
  at = await remoteBench(db);
});
afterEach(() => at.close());

/** The source's records in the order of their jobs: what stands in their own row, their text, whether they are current. */
const rowsOf = (source: string) =>
  db.rows<{ own: string | null; content: string | null; current: boolean }>(
    `SELECT o.content AS own, portolan.harvest_content(o.id) AS content, o.current FROM harvest_object o
     WHERE o.harvest_source_id = $1 ORDER BY o.gathered, o.id`,
    [source],
  );

const kinds = [
  {
    type: 'dcat_json',
    path: '/data.json',
    document: (guid: string, title: string) => JSON.stringify([{ identifier: guid, title }]),
  },
  {
    type: 'dcat_rdf',
    path: '/catalog.ttl',
    document: (guid: string, title: string) =>
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
       <http://feed.test/${guid}> a dcat:Dataset ; dct:title "${title}" .`,
  },
];

describe.each(kinds)(
  'a record of a $type source, which is written at every run',
  ({ type, path, document }) => {
    let guid: string;
    let source: string;
    const serve = (title: string) => {
      at.remote.pages = {
        [path]: ({ url }) =>
          url.searchParams.has('page')
            ? { status: 404, body: '' }
            : {
                headers: { 'content-type': type === 'dcat_rdf' ? 'text/turtle' : 'text/plain' },
                body: document(guid, title),
              },
      };
    };
    const harvest = async (title: string) => {
      serve(title);
      return at.harvest(source);
    };

    beforeEach(async () => {
      guid = at.newGuid();
      source = await at.newSource(type, path);
    });

    it('has its text once while that stays', async () => {
      for (let run = 0; run < 3; run++) await harvest('Tea');
      const rows = await rowsOf(source);
      expect(rows.map(({ current }) => current)).toEqual([false, false, true]);
      expect(rows.map(({ own }) => own !== null)).toEqual([false, false, true]);
      expect(new Set(rows.map(({ content }) => content)).size).toBe(1);
      expect(rows[0]?.content).toContain('Tea');
    });

    it('leaves its text behind with those that had it, when it changes', async () => {
      for (const title of ['Tea', 'Tea', 'Coffee', 'Coffee']) await harvest(title);
      const rows = await rowsOf(source);
      expect(rows.map(({ own }) => own !== null)).toEqual([false, true, false, true]);
      expect(rows.map(({ content }) => /Tea|Coffee/.exec(content ?? '')?.[0])).toEqual([
        'Tea',
        'Tea',
        'Coffee',
        'Coffee',
      ]);
    });

    it('leaves it behind, too, when the current record is deleted', async () => {
      for (let run = 0; run < 3; run++) await harvest('Tea');
      await db.rows(`DELETE FROM harvest_object WHERE harvest_source_id = $1 AND current`, [source]);
      expect((await rowsOf(source)).map(({ content }) => content?.includes('Tea'))).toEqual([true, true]);
    });

    it('is looked at again without harm', async () => {
      await harvest('Tea');
      const { id } = await harvest('Tea');
      const before = await rowsOf(source);
      await shareSupersededContents(db, id, testRun().fence);
      expect(await rowsOf(source)).toEqual(before);
    });
  },
);
