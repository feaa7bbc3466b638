import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { claimPort } from '@portolan/embedded/port';
import pg from 'pg';
import { endService, runCommand, type ServiceName, type ServiceProcess, startService } from './service.ts';

/** Services against a database of their own, each its own process, each to be killed and started again. */
export interface Cluster {
  url: string;
  token: string;
  env: Record<string, string>;
  /** Addresses of all API processes; `url` is the first. */
  start(name: ServiceName): Promise<ServiceProcess>;
  running: ServiceProcess[];
  /** Ends what runs and drops the database. */
  close(): Promise<void>;
}

export interface ClusterParts {
  /** Address of any database of the server. */
  postgresUrl: string;
  redisUrl?: string | undefined;
  opensearchUrl?: string | undefined;
  /** Folder of the files; or an S3 server. */
  files: { folder: string } | { url: string; region: string; accessKeyId: string; secretAccessKey: string };
}

/** Makes database (and bucket), schema and administrator; starts nothing. */
export async function openCluster(parts: ClusterParts): Promise<Cluster> {
  const name = `portolan_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const address = new URL(parts.postgresUrl);
  await administer(address.href, `CREATE DATABASE ${name} TEMPLATE template0`);
  address.pathname = `/${name}`;
  const { port } = await claimPort();
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    DATABASE_URL: address.href,
    SECRET_KEY: randomUUID(),
    CKAN_SITE_URL: url,
    CKAN_SITE_ID: name,
    PORT: String(port),
    HOST: '127.0.0.1',
    PORTOLAN_FETCH_ALLOW: '127.0.0.1/32',
    ...(parts.redisUrl ? { REDIS_URL: parts.redisUrl } : {}),
    ...(parts.opensearchUrl ? { OPENSEARCH_URL: parts.opensearchUrl, OPENSEARCH_ALIAS: name } : {}),
    ...(await filesEnvironment(parts.files, name)),
  };
  await runCommand(['db', 'upgrade'], env);
  await runCommand(
    ['sysadmin', 'add', 'admin', 'email=admin@localhost.local', 'password=a long password'],
    env,
  );
  const token = (await runCommand(['user', 'token', 'add', 'admin', 'test', '-q'], env)).trim();
  const running: ServiceProcess[] = [];
  return {
    url,
    token,
    env,
    running,
    async start(service) {
      const started = await startService(service, env);
      running.push(started);
      void started.ended.then(() => running.splice(running.indexOf(started), 1));
      return started;
    },
    async close() {
      await Promise.all([...running].map((service) => endService(service, 'SIGTERM')));
      await administer(parts.postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      if (parts.opensearchUrl) await fetch(`${parts.opensearchUrl}/${name}-*`, { method: 'DELETE' });
    },
  };
}

async function filesEnvironment(
  files: ClusterParts['files'],
  bucket: string,
): Promise<Record<string, string>> {
  if ('folder' in files) return { CKAN_STORAGE_PATH: files.folder };
  const Bucket = bucket.replaceAll('_', '-');
  const client = new S3Client({
    region: files.region,
    endpoint: files.url,
    forcePathStyle: true,
    credentials: { accessKeyId: files.accessKeyId, secretAccessKey: files.secretAccessKey },
  });
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
  return {
    S3_URL: files.url,
    S3_BUCKET: Bucket,
    S3_REGION: files.region,
    S3_ACCESS_KEY_ID: files.accessKeyId,
    S3_SECRET_ACCESS_KEY: files.secretAccessKey,
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
