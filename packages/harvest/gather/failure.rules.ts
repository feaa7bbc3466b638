import { FetchError } from '@portolan/fetcher';
import { PortolanError } from '@portolan/kernel';
import { GatherFailure } from '../driver.ts';

/** What the job's report says about a gathering that broke off. */
export function gatherMessage(error: unknown): string {
  if (error instanceof GatherFailure) return error.message;
  if (error instanceof FetchError) return error.message;
  return `System error during gather: ${error instanceof Error ? error.message : String(error)}`;
}

/** PostgreSQL is away, full or out of connections: the same work may succeed later. */
const transientSql = /^(08|53|57P|58|40)/;
const transientSystem = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Failures of our own infrastructure, or a read-only site: not the source's doing, so nothing is recorded and
 * the queue tries again.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof FetchError) return false;
  if (error instanceof PortolanError) return error.status === 503;
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (transientSql.test(code) || transientSystem.has(code))) return true;
  return error.message === 'Connection terminated unexpectedly';
}
