import type pg from 'pg';

/** How long jobs that have begun stand still, be it that they wait for a slot behind others. */
export interface StandStill {
  /** Looks how far each is. */
  look(): Promise<void>;
  /** Seconds, the longest so far. */
  longest(): number;
}

export function watchStandStill(database: pg.Client, jobs: readonly string[]): StandStill {
  const steps = new Map<string, { text: string; since: number }>();
  let longest = 0;
  return {
    longest: () => longest,
    async look() {
      const { rows } = await database.query<{ id: string; text: string }>(
        `SELECT j.id, concat_ws(' ', j.gather_finished, t.gather_reached,
           (SELECT count(*) FROM harvest_object WHERE harvest_job_id = j.id),
           (SELECT count(*) FROM harvest_object WHERE harvest_job_id = j.id AND state IN ('COMPLETE', 'ERROR'))) AS text
         FROM harvest_job j JOIN portolan.harvest_job_state t ON t.job_id = j.id
         WHERE j.id = ANY ($1) AND j.gather_started IS NOT NULL AND j.status <> 'Finished'`,
        [jobs],
      );
      const now = performance.now();
      for (const { id, text } of rows) {
        const last = steps.get(id);
        if (last?.text !== text) steps.set(id, { text, since: now });
        else longest = Math.max(longest, (now - last.since) / 1000);
      }
    },
  };
}
