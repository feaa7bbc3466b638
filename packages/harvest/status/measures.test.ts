import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Db } from '@portolan/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import type { Driver } from '../driver.ts';
import { addSource, type Bench, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { hostTraffic, sourceErrors } from './measures.ts';
import { harvestStatus } from './status.ts';
import { forgetMinutes, noteThroughput, throughput } from './throughput.ts';

let db: Db;
let bench: Bench;
let listing: Listing;
let now = Date.UTC(2026, 4, 6, 7);
let host: string;
const server = createServer((_, response) => void response.writeHead(200).end('[]'));

/** Asks its remote three times and finds nothing. */
const asking: Driver = {
  name: 'asking',
  title: 'Asking',
  description: '',
  reimport: 'changed',
  validateConfig: (text) => text,
  // biome-ignore lint/correctness/useYield: there is no record
  async *gather({ fetcher, source }) {
    for (let n = 0; n < 3; n++) await fetcher.read(source.url);
  },
  toDataset: () => 'ignored',
};

beforeAll(async () => {
  ({ db } = await testDatabase());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  listing = { records: [], pageSize: 10, complete: false };
  bench = harvestBench(db, [listedDriver(listing), asking], { fetcher: { allow: [host] }, now: () => now });
});
afterAll(async () => {
  await bench.site.fetcher.close();
  server.close();
});

async function harvest(id: string, records: Listing['records']): Promise<void> {
  listing.records = records;
  await startJob(bench.site, id);
  await bench.drain();
  now += 60_000;
}

const status = () => harvestStatus(db, now, { harvestStalledAfter: 120 });

describe('the share of errors of a source', () => {
  it('is that of its last job that is over, the worst first', async () => {
    for (const id of ['sound', 'mixed', 'broken']) await addSource(db, { id, type: 'listed' });
    const bad = (guid: string) => ({ guid, fails: 'driver' as const });
    await harvest('sound', [bad('a')]);
    await harvest('sound', [{ guid: 'a' }]);
    await harvest('mixed', [bad('b'), { guid: 'c' }, { guid: 'd' }, { guid: 'e' }]);
    listing.breaksAt = 0;
    await harvest('broken', [{ guid: 'f' }]);
    delete listing.breaksAt;
    const expected = [
      { source: 'broken', records: 0, failed: 0, ratio: 1 },
      { source: 'mixed', records: 4, failed: 1, ratio: 0.25 },
      { source: 'sound', records: 1, failed: 0, ratio: 0 },
    ];
    expect(await sourceErrors(db)).toEqual(expected);
    expect(await status()).toMatchObject({ sources: expected, jobs: { Finished: 4 } });
  });
});

describe('what a remote host was asked', () => {
  it('is counted over all jobs, with the time that its answers took', async () => {
    await addSource(db, { id: 'asked', type: 'asking', url: `http://${host}/` });
    await harvest('asked', []);
    await harvest('asked', []);
    expect(await hostTraffic(db)).toEqual([{ host, requests: 6, failed: 0, seconds: expect.any(Number) }]);
    expect((await status()).hosts).toHaveLength(1);
  });
});

describe('what waits', () => {
  it('is told by the oldest: a job before its gathering, its records afterwards', async () => {
    await addSource(db, { id: 'waiting', type: 'listed' });
    expect((await status()).oldest_waiting).toBeNull();
    listing.records = [{ guid: 'w' }];
    const id = await startJob(bench.site, 'waiting');
    expect((await status()).oldest_waiting).toBe('2026-05-06 07:06:00');
    await db.rows(
      `UPDATE harvest_job SET gather_started = created, gather_finished = created + interval '7 s' WHERE id = $1`,
      [id],
    );
    expect((await status()).oldest_waiting).toBeNull();
    await db.rows(`UPDATE harvest_job SET status = 'Finished' WHERE id = $1`, [id]);
    bench.queue.length = 0;
  });
});

describe('records a second', () => {
  it('are those of the last whole minute', async () => {
    await db.rows('DELETE FROM portolan.harvest_minute');
    await noteThroughput(db, 100);
    await noteThroughput(db, 20);
    expect(await throughput(db)).toBe(0);
    await db.rows(`UPDATE portolan.harvest_minute SET minute = minute - interval '1 minute'`);
    expect(await throughput(db)).toBeCloseTo(2, 5);
    await db.rows(`UPDATE portolan.harvest_minute SET minute = minute - interval '2 hours'`);
    await forgetMinutes(db);
    expect(await db.rows('SELECT FROM portolan.harvest_minute')).toEqual([]);
  });

  it('count what is imported and what its listing says is the same', async () => {
    await db.rows('DELETE FROM portolan.harvest_minute');
    await addSource(db, { id: 'counted', type: 'listed' });
    await harvest('counted', [{ guid: 'x' }, { guid: 'y' }]);
    await harvest('counted', [{ guid: 'x' }, { guid: 'y' }, { guid: 'z' }]);
    const [row] = await db.rows<{ n: number }>('SELECT sum(records)::int AS n FROM portolan.harvest_minute');
    expect(row?.n).toBe(5);
  });
});
