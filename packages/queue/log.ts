import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { createBatcher } from './batch.ts';
import type { LogLevel } from './job.ts';
import { lazily } from './lazily.ts';
import { storable, storableJson } from './text.rules.ts';

interface Line {
  jobId: number;
  level: LogLevel;
  message: string;
  data: unknown;
}

const insert = `
  INSERT INTO portolan.job_log (job_id, level, message, data)
  SELECT l.* FROM ${lazily}, unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[]) AS l`;

const largestBatch = 500;

export interface JobLog {
  write(line: Line): Promise<void>;
  drain(): Promise<void>;
}

/** The log of jobs. A line that cannot be written goes to the process's log; it never fails its job. */
export function createJobLog(db: Db, logger: Logger): JobLog {
  const batcher = createBatcher<Line, void>(async (lines) => {
    await db.prepared('queue_log', insert, [
      lines.map(({ jobId }) => jobId),
      lines.map(({ level }) => level),
      lines.map(({ message }) => storable(message)),
      lines.map(({ data }) => storableJson(data)),
    ]);
    return lines.map(() => undefined);
  }, largestBatch);
  return {
    async write(line) {
      await batcher.add(line).catch((error) => {
        logger.warn(
          { err: error, job: line.jobId, level: line.level, line: line.message },
          'a job log line was lost',
        );
      });
    },
    drain: batcher.drain,
  };
}
