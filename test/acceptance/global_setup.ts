import type { TestProject } from 'vitest/node';
import { openCluster } from '../processes/cluster.ts';
import { removeFolder, startPortal } from './portal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server under test. */
    url: string;
    /** Token of its sysadmin. */
    token: string;
    /** Data folder of a portal that the tests started; empty when they were given a server. */
    data: string;
  }
}

/**
 * The server under test: a portal on embedded parts, started for this run; with PORTOLAN_TEST_PARTS=servers the
 * services as processes of their own on POSTGRES_URL, REDIS_URL, OPENSEARCH_URL and S3_URL; or PORTOLAN_TEST_URL as it is, with
 * PORTOLAN_TEST_TOKEN.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { PORTOLAN_TEST_URL: url, PORTOLAN_TEST_TOKEN: token, PORTOLAN_TEST_PARTS: parts } = process.env;
  const provide = (server: { url: string; token: string; data: string }) => {
    project.provide('url', server.url);
    project.provide('token', server.token);
    project.provide('data', server.data);
  };
  if (url && token) {
    provide({ url, token, data: '' });
    return async () => {};
  }
  if (parts === 'servers') {
    const cluster = await openCluster({
      postgresUrl: needed('POSTGRES_URL'),
      redisUrl: needed('REDIS_URL'),
      opensearchUrl: needed('OPENSEARCH_URL'),
      files: {
        url: needed('S3_URL'),
        region: needed('S3_REGION'),
        accessKeyId: needed('S3_ACCESS_KEY_ID'),
        secretAccessKey: needed('S3_SECRET_ACCESS_KEY'),
      },
    });
    for (const service of ['api', 'worker', 'harvester', 'harvester'] as const) await cluster.start(service);
    provide({ url: cluster.url, token: cluster.token, data: '' });
    return () => cluster.close();
  }
  const portal = await startPortal();
  provide(portal);
  return async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
  };
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
