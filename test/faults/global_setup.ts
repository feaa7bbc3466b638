import type { TestProject } from 'vitest/node';
import { temporaryPostgres } from '../harness/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server whose commits are durable, as in production: processes are killed, and what was answered must stay. */
    faultsUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await temporaryPostgres({ databases: [] });
  project.provide('faultsUrl', server.url('postgres'));
  return () => server.close();
}
