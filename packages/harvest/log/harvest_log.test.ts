import type { Db } from '@portolan/db';
import { createLogger, systemRuntime, timestamp } from '@portolan/kernel';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { addSource, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { listedDriver } from '../testing/listed_driver.ts';
import { type HarvestLog, openHarvestLog } from './harvest_log.ts';
import { logOf } from './parts.ts';
import { forgetOldLines } from './retention.ts';

let db: Db;

beforeAll(async () => {
  ({ db } = await testDatabase());
});

beforeEach(async () => {
  await db.rows('DELETE FROM harvest_log');
});

type Level = Parameters<typeof openHarvestLog>[0]['harvestLogLevel'];

function opened(scope: number, level: Level = 'debug') {
  const log = openHarvestLog({ harvestLogScope: scope, harvestLogLevel: level }, systemRuntime);
  if (!log) throw new Error('there is no log');
  return { log, logger: createLogger({ service: 'test', level: 'silent', also: log }) };
}

const lines = () =>
  db.rows<{ content: string; level: string }>('SELECT content, level FROM harvest_log ORDER BY created, id');
const contents = async () => (await lines()).map(({ content }) => content);

async function closed(log: HarvestLog): Promise<string[]> {
  log.writeTo(db);
  await log.close();
  return contents();
}

describe('the log of the harvester', () => {
  it.each([
    [0, ['plugin', 'model', 'action', 'validators', 'harvesters', 'queue']],
    [1, ['model', 'action', 'validators', 'harvesters']],
    [2, ['model', 'action', 'validators']],
    [3, ['model', 'action']],
    [4, ['action']],
    [5, ['model']],
    [6, ['plugin']],
    [7, ['harvesters']],
  ])('holds in scope %i the lines of %j, in their order', async (scope, expected) => {
    const { log, logger } = opened(scope);
    for (const part of ['plugin', 'model', 'action', 'validators', 'harvesters', 'queue'] as const)
      logOf(logger, part).info(part);
    logger.info('of something else');
    expect(await closed(log)).toEqual(expected);
  });

  it('is none unless it is asked for', () => {
    expect(openHarvestLog({ harvestLogScope: -1, harvestLogLevel: 'debug' }, systemRuntime)).toBeUndefined();
  });

  it('holds no line that is less severe than it is to be', async () => {
    const { log, logger } = opened(0, 'warning');
    for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const)
      logOf(logger, 'queue')[level](level);
    await closed(log);
    expect(await lines()).toEqual([
      { content: 'warn', level: 'WARNING' },
      { content: 'error', level: 'ERROR' },
      { content: 'fatal', level: 'CRITICAL' },
    ]);
  });

  it('is written by itself, and nothing of it while the site is read-only', async () => {
    const { log, logger } = opened(0);
    log.writeTo(db);
    logOf(logger, 'queue').info('before');
    await expect.poll(contents).toEqual(['before']);
    await db.setReadOnly(true);
    logOf(logger, 'queue').info('meanwhile');
    await log.close();
    await db.setReadOnly(false);
    expect(await contents()).toEqual(['before']);
  });

  it('keeps what the database did not take, and tells how much had to be dropped', async () => {
    const { log, logger } = opened(0);
    const queue = logOf(logger, 'queue');
    for (let n = 0; n < 10_007; n++) queue.debug('one of many');
    const kept = await closed(log);
    expect(kept).toHaveLength(10_001);
    expect(kept.at(-1)).toBe('7 lines could not be written');
  });
});

it('tells of a job what was begun, of each record what became of it, and how it ended', async () => {
  const { log, logger } = opened(0);
  const listing = {
    records: [{ guid: 'a' }, { guid: 'b', fails: 'driver' as const }, { guid: 'c', fails: 'bug' as const }],
    pageSize: 10,
    complete: true,
  };
  const { site, drain } = harvestBench(db, [listedDriver(listing)], { logger });
  await addSource(db, { id: 'told', type: 'listed' });
  const job = await startJob(site, 'told');
  await drain();
  const told = await closed(log);
  expect(told.every((content) => content.includes(job))).toBe(true);
  expect(told.map((content) => content.split(' (')[0])).toEqual([
    'gathering begins',
    'gathering is over',
    'record is added',
    'Errors found for object with GUID b: No good record',
    'Exception during import: System error: no such property',
    'harvest job is finished',
    'how the harvest job went',
  ]);
});

it('forgets lines that are older than they are kept', async () => {
  const day = 86_400_000;
  const now = systemRuntime.now();
  for (const [id, age] of [
    ['old', 8],
    ['young', 6],
  ] as const)
    await db.rows(`INSERT INTO harvest_log (id, content, level, created) VALUES ($1, $1, 'INFO', $2)`, [
      id,
      timestamp(now - age * day),
    ]);
  expect(await forgetOldLines({ db, runtime: systemRuntime, config: { harvestLogDays: 7 } })).toBe(1);
  expect(await contents()).toEqual(['young']);
});
