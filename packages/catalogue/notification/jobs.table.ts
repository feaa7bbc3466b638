import { defineJob, type Job } from '@portolan/queue';

const minute = 60_000;

/** A mail server that is away is asked again for a day: 1, 2, 4 … minutes, then every hour. */
const patient = { maxAttempts: 28, backoff: (attempt: number) => Math.min(2 ** (attempt - 1), 60) * minute };

/** Key: a user's id. */
export const resetMailJob = defineJob({
  name: 'mail.password_reset',
  queue: 'mail',
  concurrency: 2,
  timeout: 2 * minute,
  ...patient,
});

/** Key: a user's id. */
export const digestMailJob = defineJob({
  name: 'mail.digest',
  queue: 'mail',
  concurrency: 2,
  timeout: 2 * minute,
  ...patient,
});

export const mailJobs: readonly Job[] = [resetMailJob, digestMailJob];
