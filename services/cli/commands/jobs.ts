import { setTimeout as delay } from 'node:timers/promises';
import { enqueueTestJob, type Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { queueDepth } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';
import type { Command } from 'commander';
import { act } from '../act.ts';
import { CommandError } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { runWorker } from '../worker.ts';

interface Job {
  id: string;
  title: string;
  created: string;
  queue: string;
}

/** `ckan jobs …`: background jobs. */
export function jobsCommand(program: Command): void {
  const jobs = program.command('jobs').description('background jobs');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));
  const queued = (queues: string[]) => (queues.length > 0 ? { queues } : {});
  jobs
    .command('list')
    .description('jobs that wait')
    .argument('[queues...]')
    .option('-l, --limit <number>', 'at most so many')
    .option('-i, --show-ids', 'ids alone')
    .option('--json', 'as JSON')
    .action((queues: string[], options: { limit?: string; showIds?: boolean; json?: boolean }) =>
      on(async (site) => {
        const params = { ...queued(queues), ...(options.limit ? { limit: options.limit } : {}) };
        const waiting = (await act(site, 'job_list', params)) as Job[];
        if (options.json) return printJson(waiting);
        if (waiting.length === 0) return print('There are no pending jobs.');
        for (const { id, title, created, queue } of waiting)
          print(options.showIds ? id : `${created} ${id} ${queue} "${title}"`);
      }),
    );
  jobs
    .command('show')
    .description('one job that waits or runs')
    .argument('<id>')
    .option('--json', 'as JSON')
    .action((id: string, options: { json?: boolean }) =>
      on(async (site) => {
        const job = (await orMissing(id, act(site, 'job_show', { id }))) as Job;
        if (options.json) return printJson(job);
        print(
          `ID:      ${job.id}`,
          `Title:   ${job.title}`,
          `Created: ${job.created}`,
          `Queue:   ${job.queue}`,
        );
      }),
    );
  jobs
    .command('cancel')
    .description('take a job that waits out of its queue')
    .argument('<id>')
    .action((id: string) =>
      on(async (site) => {
        await orMissing(id, act(site, 'job_cancel', { id }));
        print(`Cancelled job ${id}`);
      }),
    );
  jobs
    .command('clear')
    .description('cancel everything that waits')
    .argument('[queues...]')
    .action((queues: string[]) =>
      on(async (site) => {
        const cleared = (await act(site, 'job_clear', queued(queues))) as string[];
        print(`Cleared queue(s) ${cleared.map((name) => `"${name}"`).join(', ')}`);
      }),
    );
  jobs
    .command('test')
    .description('ask for a job that does nothing, to see that jobs are done')
    .action(() =>
      on(async (site) => {
        const { id, queue } = await site.db.transact(enqueueTestJob);
        print(`Added test job ${id} to queue "${queue}"`);
      }),
    );
  jobs
    .command('worker')
    .description('do jobs here until Ctrl-C')
    .argument('[queues...]', 'accepted for old scripts: every queue is worked at')
    .option('--burst', 'end when nothing waits any more')
    .action((_queues: string[], options: { burst?: boolean }) =>
      work(program.opts<GlobalOptions>(), options.burst ?? false),
    );
}

async function orMissing<Result>(id: string, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound')
      throw new CommandError(`There is no job with ID "${id}"`, 3);
    throw error;
  }
}

const look = 200;

const work = (options: GlobalOptions, burst: boolean): Promise<void> =>
  runWorker(options, async (opened, onSilence) => {
    const { runBackground } = await import('@portolan/service-worker');
    const background = await runBackground(opened, ['relay', 'worker', 'harvester'], onSilence);
    return { ...(burst ? { done: nothingWaits(opened) } : {}), close: () => background.close() };
  });

async function nothingWaits({ site }: OpenSite): Promise<void> {
  for (;;) {
    const open = await queueDepth(site.db);
    if (open.every(({ waiting, active }) => waiting + active === 0)) return;
    await delay(look);
  }
}
