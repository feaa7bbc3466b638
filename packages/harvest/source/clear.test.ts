import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { addSource } from '../testing/harvest_bench.ts';
import { clearSource } from './clear.ts';

const count = 450;

let portal: TestSite;
const rows = <Row extends object>(text: string) => portal.site.db.rows<Row>(text);
const datasets = async () =>
  (await rows<{ id: string }>(`SELECT id FROM package WHERE type = 'dataset' ORDER BY id`)).map(
    ({ id }) => id,
  );

beforeAll(async () => {
  portal = await testSite();
  await addSource(portal.site.db, { id: 'first', type: 'listed' });
  await addSource(portal.site.db, { id: 'second', type: 'listed' });
});

/** `count` datasets of the first source, each of two imports; the second source has taken `d-1` over. */
beforeEach(async () => {
  for (const statement of [
    `INSERT INTO package (id, name, title, type, state)
       SELECT 'd-' || n, 'd-' || n, 'Dataset', 'dataset', 'active' FROM generate_series(1, ${count}) n ON CONFLICT DO NOTHING`,
    `INSERT INTO resource (id, package_id, url, position, state)
       SELECT 'r-' || n, 'd-' || n, 'http://files.test/' || n, 0, 'active' FROM generate_series(1, ${count}) n ON CONFLICT DO NOTHING`,
    `INSERT INTO harvest_job (id, source_id, status, created)
       SELECT 'j-' || s, s, 'Finished', now() FROM unnest('{first,second}'::text[]) s ON CONFLICT DO NOTHING`,
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, package_id, current, state)
       SELECT 'o-' || n || '-' || i, 'g-' || n, 'first', 'j-first', 'd-' || n, i = 2 AND n <> 1, 'COMPLETE'
       FROM generate_series(1, ${count}) n, generate_series(1, 2) i ON CONFLICT DO NOTHING`,
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, package_id, current, state)
       VALUES ('o-second', 'g-1', 'second', 'j-second', 'd-1', true, 'COMPLETE') ON CONFLICT DO NOTHING`,
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, state)
       VALUES ('o-failed', 'g-0', 'first', 'j-first', 'ERROR') ON CONFLICT DO NOTHING`,
  ])
    await rows(statement);
});

it('takes datasets, records and jobs of the source, and nothing of another one', async () => {
  await portal.must('harvest_source_clear', { id: 'first' });
  expect(await datasets()).toEqual(['d-1']);
  expect(await rows(`SELECT id FROM resource`)).toEqual([{ id: 'r-1' }]);
  expect(await rows(`SELECT id FROM harvest_object`)).toEqual([{ id: 'o-second' }]);
  expect(await rows(`SELECT id FROM harvest_job`)).toEqual([{ id: 'j-second' }]);
  expect(await rows(`SELECT FROM harvest_source WHERE id = 'first' AND active`)).toHaveLength(1);
  expect(await rows(`SELECT FROM portolan.outbox WHERE key LIKE 'd-%' AND key <> 'd-1'`)).toEqual([]);
});

it('goes on where a crash has left it, which is between whole batches', async () => {
  const { site } = portal;
  let steps = 0;
  const dying = Object.create(site, {
    db: {
      value: Object.create(site.db, {
        transact: {
          value: (work: Parameters<typeof site.db.transact>[0]) =>
            ++steps > 3 ? Promise.reject(new Error('killed')) : site.db.transact(work),
        },
      }),
    },
  });
  await expect(clearSource(dying, 'first')).rejects.toThrow('killed');
  const left = (await datasets()).length;
  expect(left).toBeLessThan(count);
  expect(left).toBeGreaterThan(1);
  await clearSource(site, 'first');
  expect(await datasets()).toEqual(['d-1']);
  await clearSource(site, 'first');
  expect(await rows(`SELECT id FROM harvest_job`)).toEqual([{ id: 'j-second' }]);
});
