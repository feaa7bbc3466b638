import { execFileSync } from 'node:child_process';

/** Megabytes of a process and of each that it started, PostgreSQL's left out. */
export function memoryOf(root: number): number[] {
  const processes = execFileSync('ps', ['-eo', 'pid,ppid,rss,comm'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, size, name]) => ({
      pid: Number(pid),
      parent: Number(parent),
      size: Number(size) / 1024,
      name,
    }));
  const family = new Set([root]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const one of processes) if (family.has(one.parent) && one.name !== 'postgres') family.add(one.pid);
    grown = family.size > before;
  }
  return processes.filter(({ pid }) => family.has(pid)).map(({ size }) => size);
}

export const described = (sizes: number[]): string =>
  `${sizes.map((one) => one.toFixed(0)).join(' + ')} = ${sizes.reduce((sum, one) => sum + one, 0).toFixed(0)} MB`;
