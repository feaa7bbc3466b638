import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { JsonText } from '../action/declaration.ts';
import { workOffBacklog } from './backlog.ts';

const many = 450;

let portal: TestSite;
beforeAll(async () => {
  portal = await testSite();
  await portal.site.db.rows(
    `INSERT INTO package (id, name, title, state, type)
     SELECT 'd' || n, 'd' || n, 'Dike', 'active', 'dataset' FROM generate_series(1, $1) AS n`,
    [many],
  );
});

const count = async () => {
  const { text } = (await portal.must('package_search', { q: 'dike', rows: 0 })) as JsonText;
  return (JSON.parse(text) as { count: number }).count;
};
const waiting = async () => (await portal.site.db.rows('SELECT FROM portolan.outbox')).length;

it('a backlog is left where who asked for it wants no more', async () => {
  await workOffBacklog(portal.site, () => false);
  expect(await waiting()).toBeGreaterThan(0);
  expect(await count()).toBe(many - (await waiting()));
});

it('a backlog is worked off whole, each note once', async () => {
  const before = await waiting();
  let settled = 0;
  await workOffBacklog(portal.site, (rows) => {
    settled += rows;
    return true;
  });
  expect([settled, await waiting(), await count()]).toEqual([before, 0, many]);
});

it('what cannot be indexed is told of, and nothing is at work any more', async () => {
  await portal.site.db.rows(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.name = 'd7' THEN RAISE 'not this one'; END IF; RETURN NEW; END $$`,
  );
  await portal.site.db.rows(
    'CREATE TRIGGER refuse BEFORE UPDATE ON portolan.search_document FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  await portal.site.db.rows(`UPDATE package SET notes = 'Of earth'`);
  await expect(workOffBacklog(portal.site, () => true)).rejects.toThrow('not this one');
  const left = await waiting();
  await portal.site.db.rows('DROP TRIGGER refuse ON portolan.search_document');
  expect(await waiting()).toBe(left);
  await workOffBacklog(portal.site, () => true);
  expect(await waiting()).toBe(0);
});
