import { readFileSync } from 'node:fs';
import pg from 'pg';

/** What this process has asked of its database. */
export interface Statements {
  all: number;
  writing: number;
  /** Milliseconds that were waited for each text, and how often; those of the processor for a server on this machine. */
  byText: Map<string, { calls: number; milliseconds: number; processor: number }>;
}

/** Counts every statement from now on. */
export function countStatements(): Statements {
  const counted: Statements = { all: 0, writing: 0, byText: new Map() };
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given as [string | { text?: string }];
    const text = (typeof first === 'string' ? first : (first.text ?? '')).replace(/\s+/g, ' ').trim();
    counted.all++;
    if (/\b(INSERT INTO|DELETE FROM|(?<!FOR (NO KEY )?)UPDATE)\b/.test(text)) counted.writing++;
    const { processID: session } = this as unknown as { processID: number };
    const [asked, spent] = [performance.now(), millisecondsOf(session)];
    const answer = query.apply(this, given);
    const note = () => {
      const known = counted.byText.get(text) ?? { calls: 0, milliseconds: 0, processor: 0 };
      known.calls++;
      known.milliseconds += performance.now() - asked;
      known.processor += millisecondsOf(session) - spent;
      counted.byText.set(text, known);
    };
    if (answer instanceof Promise) answer.then(note, note);
    return answer;
  } as typeof pg.Client.prototype.query;
  return counted;
}

/** Of the processor, that a process of this machine has had. */
function millisecondsOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

/** The texts that were waited for longest, a line each. */
export const longest = ({ byText }: Statements, count: number): string =>
  [...byText]
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds)
    .slice(0, count)
    .map(
      ([text, { calls, milliseconds, processor }]) =>
        `${(milliseconds / 1000).toFixed(2)} s, ${calls} times, ${(milliseconds / calls).toFixed(2)} ms, ${(processor / calls).toFixed(2)} of them the processor's: ${text.slice(0, 120)}`,
    )
    .join('\n');
