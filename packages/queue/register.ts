import type { BoundHandler, Handler, Job } from './job.ts';

export interface Registered {
  job: Job;
  run: Handler;
}

/**
 * What runs what, by job name.
 * @throws Error that lists every job without a handler or with two, two jobs of one name, handlers of jobs
 * that were not declared, and queues whose jobs disagree about their slots.
 */
export function registerJobs(jobs: Job[], handlers: BoundHandler[] = []): Map<string, Registered> {
  const problems: string[] = [];
  const registered = new Map<string, Registered>();
  for (const job of jobs) {
    if (registered.has(job.name)) problems.push(`${job.name} is declared twice`);
    const runs = [
      ...(job.run ? [job.run] : []),
      ...handlers.filter((one) => one.job === job).map((one) => one.run),
    ];
    if (runs.length !== 1) problems.push(`${job.name} has ${runs.length} handlers instead of one`);
    if (runs[0]) registered.set(job.name, { job, run: runs[0] });
  }
  for (const { job } of handlers)
    if (!jobs.includes(job)) problems.push(`${job.name} has a handler but is not declared`);
  for (const [queue, members] of Map.groupBy(jobs, (job) => job.queue))
    if (new Set(members.map((job) => job.concurrency)).size > 1)
      problems.push(`the jobs of queue ${queue} disagree about its concurrency`);
  if (problems.length > 0) throw new Error(`The jobs cannot be run: ${problems.join('; ')}`);
  return registered;
}
