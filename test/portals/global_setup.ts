import type { TestProject } from 'vitest/node';
import { removeFolder, startPortal } from '../acceptance/portal.ts';

/** The portal that commands are tried on; tests of how portals live and die start others of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const portal = await startPortal();
  project.provide('url', portal.url);
  project.provide('token', portal.token);
  project.provide('data', portal.data);
  return async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
  };
}
