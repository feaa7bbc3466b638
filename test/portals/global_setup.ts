import type { TestProject } from 'vitest/node';
import { removeFolder, startPortal } from '../acceptance/portal.ts';
import { copyData } from './copy_data.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Data folder of a portal that was started from nothing and ended in order. Tests start theirs on copies: making a
     * database takes longer than what most of them ask of it.
     */
    prepared: string;
  }
}

/** The portal that commands are tried on; tests of how portals live and die start others of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const first = await startPortal();
  await first.end('SIGTERM');
  project.provide('prepared', first.data);
  const portal = await startPortal({ data: copyData(first.data) });
  project.provide('url', portal.url);
  project.provide('token', portal.token);
  project.provide('data', portal.data);
  return async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
    removeFolder(first.data);
  };
}
