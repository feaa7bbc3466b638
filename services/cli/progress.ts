import { Presets, SingleBar } from 'cli-progress';
import { print } from './output.ts';

export interface Progress {
  add(count: number): void;
  /** A line that stays, for standard error. */
  say(line: string): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line whenever something was done: `Indexing dataset 200/1000`. */
export function startProgress(what: string, total: number): Progress {
  if (!process.stdout.isTTY) return lines(what, total);
  const format = `${what} {value}/{total} {bar} {percentage} %, {eta_formatted} left`;
  const bar = new SingleBar(
    { format, stream: process.stdout, stopOnComplete: false },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    add: (count) => bar.increment(count),
    say(line) {
      process.stderr.write(`\r\u001b[K${line}\n`);
      bar.render();
    },
    end: () => bar.stop(),
  };
}

function lines(what: string, total: number): Progress {
  let done = 0;
  return {
    add(count) {
      done += count;
      print(`${what} ${done}/${total}`);
    },
    say: (line) => void process.stderr.write(`${line}\n`),
    end: () => {},
  };
}
