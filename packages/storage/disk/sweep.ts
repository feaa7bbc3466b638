import { opendir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from './files.ts';

/**
 * Removes staged files last written before `olderThan`: what a killed process left. An upload under way is
 * written to all the time, so it is never that old.
 */
export async function sweepFolder(staging: string, olderThan: Date): Promise<number> {
  let removed = 0;
  try {
    for await (const entry of await opendir(staging)) {
      const file = path.join(staging, entry.name);
      const { mtime } = await stat(file);
      if (mtime >= olderThan) continue;
      await rm(file, { force: true });
      removed++;
    }
  } catch (error) {
    // Nothing was ever staged here, or another process sweeps too.
    if (!isMissing(error)) throw error;
  }
  return removed;
}
