import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What commands have to know of the running portal. */
export interface RunningPortal {
  pid: number;
  /** When that process began, so that its number means nothing once another process has it. */
  started: string;
  /** Variables under which every command and service finds the same parts. */
  env: Record<string, string>;
}

/** The portal that runs on this data, if one does. */
export function readRunFile(file: string): RunningPortal | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  if (text === '') return undefined;
  const portal = JSON.parse(text) as RunningPortal;
  return isAlive(portal) ? portal : undefined;
}

export function writeRunFile(file: string, env: Record<string, string>): void {
  const portal: RunningPortal = { pid: process.pid, started: beginningOf(process.pid) ?? '', env };
  writeFileSync(`${file}.new`, `${JSON.stringify(portal, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const removeRunFile = (file: string): void => rmSync(file, { force: true });

/** Takes the data for this process; false when a living process has it. */
export function claimData(file: string): boolean {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(lock, 'wx', 0o600);
      writeFileSync(handle, JSON.stringify({ pid: process.pid, started: beginningOf(process.pid) ?? '' }));
      closeSync(handle);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const text = readFileSync(lock, 'utf8');
      // An empty file is one that was being written when its process was killed, or is being written now.
      if (text !== '' && isAlive(JSON.parse(text) as RunningPortal)) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

export const releaseData = (file: string): void => rmSync(`${file}.lock`, { force: true });

function isAlive({ pid, started }: Pick<RunningPortal, 'pid' | 'started'>): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const began = beginningOf(pid);
  return began === undefined || began === started;
}

/** Field 22 of /proc/PID/stat; nothing where there is no /proc. */
function beginningOf(pid: number): string | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
