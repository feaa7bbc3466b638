import { execFileSync } from 'node:child_process';
import { emptyFolder } from '../acceptance/portal.ts';

/** A copy of a stopped portal's data, each file with its owner: the database server insists on owning its own. */
export function copyData(data: string): string {
  const copy = emptyFolder();
  execFileSync('cp', ['-Rp', `${data}/.`, copy]);
  return copy;
}
