import { readdirSync, readFileSync } from 'node:fs';

const ticks = 100;

/** Seconds of CPU that a process and those that it started have taken so far, the ended ones included; Linux only. */
export function cpuOfFamily(root: number): number {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? stat(name) : []));
  return processes
    .filter(({ pid, parent }) => pid === root || parent === root)
    .reduce((sum, { pid, own, ended }) => sum + own + (pid === root ? ended : 0), 0);
}

/** The same of one process alone. */
export const cpuOf = (pid: number): number => stat(String(pid)).reduce((sum, { own }) => sum + own, 0);

/** Who started it. */
export const parentOf = (pid: number): number => stat(String(pid))[0]!.parent;

function stat(pid: string): { pid: number; parent: number; own: number; ended: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name in brackets, which may hold anything: state, parent, … utime, stime, cutime, cstime.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (index: number) => Number(fields[index]) / ticks;
    return [
      {
        pid: Number(pid),
        parent: Number(fields[1]),
        own: seconds(11) + seconds(12),
        ended: seconds(13) + seconds(14),
      },
    ];
  } catch {
    return []; // It has ended since it was listed.
  }
}
