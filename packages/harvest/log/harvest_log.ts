import type { Db, Tx } from '@portolan/db';
import { type Config, type LogReader, type Runtime, rowId, timestamp } from '@portolan/kernel';
import { type LogLine, readLine } from './line.rules.ts';
import { partsOfScope } from './parts.ts';

/** The table `harvest_log` as a reader of this process's log. */
export interface HarvestLog extends LogReader {
  /** From now on lines are written; those from before are not lost. */
  writeTo(db: Db): void;
  /** Writes what waits, if the database takes it now, and no more afterwards. */
  close(): Promise<void>;
}

interface Waiting extends LogLine {
  id: string;
  created: string;
}

const levels = { debug: 'debug', info: 'info', warning: 'warn', error: 'error', critical: 'fatal' } as const;

/** Lines of one statement, and those that wait for a database that is away or read-only. */
const batch = 500;
const mostWaiting = 10_000;
/** Milliseconds until a line is written; until the database is asked again that did not take it. */
const soon = 500;
const later = 5000;

/**
 * Writes the harvester's lines of the chosen parts to `harvest_log`, many at once, in short transactions of its own:
 * nobody waits for them. While the database is away or read-only they wait, and beyond ten thousand the newest are lost.
 * @returns nothing when the configuration wants no such log
 */
export function openHarvestLog(
  { harvestLogScope, harvestLogLevel }: Pick<Config, 'harvestLogScope' | 'harvestLogLevel'>,
  runtime: Runtime,
): HarvestLog | undefined {
  const parts: readonly string[] = partsOfScope[harvestLogScope] ?? [];
  if (parts.length === 0) return undefined;
  const waiting: Waiting[] = [];
  let lost = 0;
  let latest = 0;
  let db: Db | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  /** Microseconds, each later than the one before: the order of the lines is told by nothing else. */
  function now(): string {
    latest = Math.max(Math.floor(runtime.now() * 1000), latest + 1);
    return timestamp((latest + 0.5) / 1000);
  }

  function add(line: LogLine): void {
    if (waiting.length < mostWaiting) waiting.push({ ...line, id: rowId(runtime), created: now() });
    else lost++;
  }

  function writeIn(milliseconds: number): void {
    if (!db || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      writing = writing.then(write);
    }, milliseconds);
    // A process that has ended its work need not wait for this: it closes the log.
    timer.unref();
  }

  async function write(): Promise<void> {
    try {
      while (db && waiting.length > 0) {
        const lines = waiting.slice(0, batch);
        await db.transact((tx) => insertLines(tx, lines));
        waiting.splice(0, lines.length);
        if (lost > 0) {
          const content = `${lost} lines could not be written`;
          lost = 0;
          add({ level: 'WARNING', part: 'queue', content });
        }
      }
    } catch {
      // Away or read-only, which everybody else tells: a line about it would be one more that waits.
      writeIn(later);
    }
  }

  return {
    level: levels[harvestLogLevel],
    write(text) {
      const line = readLine(text);
      if (!line || !parts.includes(line.part)) return;
      add(line);
      writeIn(soon);
    },
    writeTo(opened) {
      db = opened;
      if (waiting.length > 0) writeIn(soon);
    },
    async close() {
      clearTimeout(timer);
      timer = undefined;
      await writing;
      await write();
      clearTimeout(timer);
      db = undefined;
    },
  };
}

async function insertLines(tx: Tx, lines: readonly Waiting[]): Promise<void> {
  // A crash may take the last lines with it: nobody waits for the disk because of them.
  await tx.rows('SET LOCAL synchronous_commit = off');
  await tx.rows(
    `INSERT INTO harvest_log (id, content, level, created)
     SELECT id, content, level::log_level, created
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamp[]) AS l(id, content, level, created)`,
    [
      lines.map(({ id }) => id),
      lines.map(({ content }) => content),
      lines.map(({ level }) => level),
      lines.map(({ created }) => created),
    ],
  );
}
