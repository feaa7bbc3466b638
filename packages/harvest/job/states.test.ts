import type { Db, Tx } from '@portolan/db';
import { PortolanError, timestamp } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { runSchedule } from '../schedule/schedule.ts';
import { freezeSource, unfreezeSource } from '../source/freeze.ts';
import { addSource, type Bench, harvestBench } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import { abortJob } from './abort.ts';
import { newestJob } from './job.repo.ts';
import { pauseJob, resumeJob } from './pause.ts';
import { createJob, sendToGather } from './start.ts';

let db: Db;
let sources = 0;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

interface Setting {
  bench: Bench;
  listing: Listing;
  source: string;
}

const begin = ({ bench, source }: Setting, run = true) =>
  db.transact((tx) => createJob(tx, bench.site, source, { run }));

/** Runs `work` in the middle of the job: at the second record that is listed, or that is imported. */
async function amid(setting: Setting, hook: 'onGather' | 'onMap', work: () => Promise<void>): Promise<void> {
  let calls = 0;
  setting.listing[hook] = async () => {
    if (++calls === 2) await work();
  };
  await begin(setting);
  await setting.bench.drain();
  delete setting.listing[hook];
}

/** How a source comes into each state; `work` is done while it is in it. */
const states: Record<string, (setting: Setting, work: () => Promise<void>) => Promise<void>> = {
  'never harvested': (_, work) => work(),
  new: async (setting, work) => {
    await begin(setting, false);
    await work();
  },
  queued: async (setting, work) => {
    await begin(setting);
    await work();
  },
  gathering: (setting, work) => amid(setting, 'onGather', work),
  importing: (setting, work) => amid(setting, 'onMap', work),
  paused: async (setting, work) => {
    await begin(setting);
    await db.transact((tx) => pauseJob(tx, setting.bench.site, setting.source));
    await setting.bench.drain();
    await work();
  },
  frozen: async (setting, work) => {
    await begin(setting);
    await db.transact((tx) => freezeSource(tx, setting.source, 'moving'));
    await work();
  },
  finishing: async (setting, work) => {
    const { id } = await begin(setting);
    await setting.bench.drain();
    await db.rows(`UPDATE harvest_job SET status = 'Running', finished = NULL WHERE id = $1`, [id]);
    await work();
  },
  finished: async (setting, work) => {
    await begin(setting);
    await setting.bench.drain();
    await work();
  },
  aborted: async (setting, work) => {
    await begin(setting);
    await db.transact((tx) => abortJob(tx, setting.bench.site, setting.source));
    await work();
  },
};

const operations: Record<string, (tx: Tx, setting: Setting) => Promise<{ status: string }>> = {
  job: (tx, { bench, source }) => createJob(tx, bench.site, source, { run: true }),
  'job-pause': (tx, { bench, source }) => pauseJob(tx, bench.site, source),
  'job-resume': (tx, { bench, source }) => resumeJob(tx, bench.site, source),
  'job-abort': (tx, { bench, source }) => abortJob(tx, bench.site, source),
};

const none = 'Error: source has no jobs';
const busy = 'There already is an unrun job for this source';
const standing = 'The job has not been paused or ended';
const notRunning = (status: string) => `Only a running job can be paused; this one is ${status}`;

/** What each operation answers in each state: the job's status, or why not. */
const answers: Record<string, [job: string, pause: string, resume: string, abort: string]> = {
  'never harvested': ['Running', none, none, none],
  new: [busy, notRunning('New'), standing, 'Finished'],
  queued: [busy, 'Running', standing, 'Finished'],
  gathering: [busy, 'Running', standing, 'Finished'],
  importing: [busy, 'Running', standing, 'Finished'],
  paused: [busy, 'Running', 'Running', 'Finished'],
  frozen: ['Harvest source is frozen: moving', 'Running', standing, 'Finished'],
  finishing: [busy, 'Running', standing, 'Finished'],
  finished: ['Running', notRunning('Finished'), 'The job came to its own end', 'Finished'],
  aborted: ['Running', notRunning('Finished'), 'Running', 'Finished'],
};

const table = Object.entries(answers).flatMap(([state, expected]) =>
  Object.keys(operations).map((operation, at) => ({ state, operation, answer: expected[at] ?? '' })),
);

async function settingOf(): Promise<Setting> {
  const source = `state-${sources++}`;
  const listing: Listing = {
    records: [1, 2, 3].map((n) => ({ guid: `${source}-${n}` })),
    pageSize: 1,
    complete: true,
  };
  await addSource(db, { id: source, type: 'listed' });
  return { source, listing, bench: harvestBench(db, [listedDriver(listing)]) };
}

/** What an operator hears. */
async function answerOf(work: Promise<{ status: string }>): Promise<string> {
  try {
    return (await work).status;
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    return String(error.fields['message'] ?? error.detail);
  }
}

describe.each(table)('a source that is $state', ({ state, operation, answer }) => {
  it(`answers ${operation} with “${answer}” and can be harvested afterwards`, async () => {
    const setting = await settingOf();
    const { bench, source } = setting;
    await states[state]?.(setting, async () => {
      const act = operations[operation];
      expect(await answerOf(db.transact((tx) => act!(tx, setting)))).toBe(answer);
    });
    await bench.drain();
    await runSchedule(bench.site, { sourceId: source });
    await bench.drain();

    // What operators have done, they undo.
    await db.transact((tx) => unfreezeSource(tx, source, timestamp(bench.site.runtime.now())));
    const newest = await newestJob(db, source);
    if (newest?.status === 'New') await db.transact((tx) => sendToGather(tx, bench.site, newest.id));
    else if (newest?.status === 'Running') await db.transact((tx) => resumeJob(tx, bench.site, newest.id));
    await bench.drain();
    if (newest) expect(await newestJob(db, source)).toMatchObject({ id: newest.id, status: 'Finished' });

    await begin(setting);
    await bench.drain();
    expect(await newestJob(db, source)).toMatchObject({ status: 'Finished' });
    const current = await db.rows(`SELECT FROM harvest_object WHERE harvest_source_id = $1 AND current`, [
      source,
    ]);
    expect(current).toHaveLength(3);
    expect(
      await db.rows(
        `SELECT FROM portolan.harvest_work w JOIN harvest_object o ON o.id = w.object_id
                          WHERE o.harvest_source_id = $1`,
        [source],
      ),
    ).toEqual([]);
  });
});
