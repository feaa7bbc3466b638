import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { type Driver, ObjectFailure } from '../driver.ts';
import { addSource, harvestBench, testRun } from '../testing/harvest_bench.ts';
import { runPreview } from './preview.job.ts';
import { requestPreview } from './preview.repo.ts';
import { showPreview } from './show.ts';

const records = 10_000;
const long = 'word '.repeat(2000);

it('a preview of 10,000 records of 10 kB holds a page of them in memory', async () => {
  const { db } = await testDatabase();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  let peak = 0;
  const before = process.memoryUsage().heapUsed;
  const driver: Driver = {
    name: 'large',
    title: 'Large',
    description: '',
    reimport: 'changed',
    validateConfig: (text) => text,
    async *gather({ checkpoint }) {
      for (let n = 0; n < records; n++) {
        yield { guid: `r${n}`, content: `${n} ${long}` };
        if (n % 100 === 99) await checkpoint(n);
        if (n % 1000 === 999) {
          collect();
          peak = Math.max(peak, process.memoryUsage().heapUsed - before);
        }
      }
    },
    async toDataset({ object: { guid, content } }) {
      // Those that are imported and rolled back take their time.
      if (!guid.endsWith('50')) throw new ObjectFailure(`No good record: ${content}`, 'Validation');
      return { identity: 'derived', dataset: { title: guid, notes: content ?? '' } };
    },
  };
  await addSource(db, { id: 'large', type: 'large' });
  const { site } = harvestBench(db, [driver]);
  const id = await db.transact((tx) => requestPreview(tx, site, 'large', 1_000_000));
  await runPreview(site, testRun(), id);
  const shown = await showPreview(db, id, site.runtime.now());
  expect(shown).toMatchObject({ state: 'finished', summary: { create: 100, error: 9900, complete: true } });
  expect(shown.records).toHaveLength(100);
  // All of them would be 100 MB.
  expect(peak).toBeLessThan(30 * 2 ** 20);
}, 120_000);
