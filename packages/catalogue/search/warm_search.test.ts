import type { Db } from '@portolan/db';
import { postgresEngine } from '@portolan/search';
import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Site } from '../action/call.ts';
import { warmSearch } from './warm_search.ts';

let portal: TestSite;
beforeAll(async () => {
  portal = await testSite();
  await portal.must('organization_create', { name: 'baths' });
  await portal.must('package_create', { name: 'warm-water', owner_org: 'baths', tags: [{ name: 'data' }] });
});

/** A site of a process that has not searched yet, with the statements that it sends. */
function freshSite(rows: Db['rows'] = portal.site.db.rows) {
  const statements: string[] = [];
  const logged: object[] = [];
  const db: Db = {
    ...portal.site.db,
    rows: (text, values) => {
      statements.push(text);
      return rows(text, values);
    },
  };
  const logger = { warn: (told: object) => logged.push(told) } as never;
  const site: Site = { ...portal.site, config: portal.site.config, db, logger, search: postgresEngine() };
  return { site, statements, logged };
}
const wholeReads = (statements: string[]) =>
  statements.filter((text) => /FROM \(SELECT \*, xmin FROM portolan\.search_document/.test(text)).length;

it('reads every document once, whatever the number of columns, and leaves nothing for the next search', async () => {
  const { site, statements } = freshSite();
  await warmSearch(site, new AbortController().signal);
  // One batch, and one more that is empty.
  expect(wholeReads(statements)).toBe(2);
  await warmSearch(site, new AbortController().signal);
  expect(wholeReads(statements)).toBe(2);
});

it('does not fail where the database does, and tells of it unless the process is ending', async () => {
  const { site, logged } = freshSite(() => Promise.reject(new Error('gone')));
  await warmSearch(site, new AbortController().signal);
  expect(logged).toMatchObject([{ err: { message: 'gone' } }]);
  await warmSearch(site, AbortSignal.abort());
  expect(logged).toHaveLength(1);
});
