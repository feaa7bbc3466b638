import type { Client } from '@opensearch-project/opensearch';
import type { Logger } from '@portolan/kernel';
import { BusyError } from './away.ts';
import type { MirrorEntry } from './entry.repo.ts';
import type { IndexFormat } from './index_format.ts';

/** Bytes of one bulk request, but for its last document: what OpenSearch works through in well under a second. */
const bulkBytes = 4 * 2 ** 20;
/** Bulk requests under way at a time: the next is made while one is worked through. */
const inFlight = 2;

export interface Outlet {
  client: Client;
  format: IndexFormat;
  logger: Logger;
  /** Milliseconds that a request may take. */
  timeout: number;
}

/**
 * Every index is written through an alias of its own, which goes with it: a late delivery to one that was removed is
 * refused, where by its name it would make the index anew, without a mapping.
 */
export const writeAlias = (index: string): string => `${index}.write`;

/**
 * Tells these indices of entries. Versions are external: what is late or doubled changes nothing. What is refused for
 * what it is, is logged and not tried again.
 * @returns the indices that are not there
 * @throws BusyError, or the client's errors, when it has to be done again
 */
export async function deliver(outlet: Outlet, indices: string[], entries: MirrorEntry[]): Promise<string[]> {
  const missing = new Set<string>();
  const running = new Set<Promise<void>>();
  for (const lines of bulks(outlet.format, indices, entries)) {
    const one = send(outlet, lines, missing).finally(() => running.delete(one));
    running.add(one);
    // Whoever fails first is thrown; the others are still waited for.
    if (running.size >= inFlight) await Promise.race(running).catch(() => settled(running));
  }
  await settled(running);
  return indices.filter((index) => missing.has(writeAlias(index)));
}

async function settled(running: Set<Promise<void>>): Promise<void> {
  const results = await Promise.allSettled(running);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

function* bulks(format: IndexFormat, indices: string[], entries: MirrorEntry[]): Generator<string[]> {
  let lines: string[] = [];
  let bytes = 0;
  for (const { packageId, version, document } of entries) {
    const source = document && JSON.stringify(format.source(document));
    for (const index of indices) {
      const target = { _index: writeAlias(index), _id: packageId, version, version_type: 'external_gte' };
      lines.push(JSON.stringify(source === undefined ? { delete: target } : { index: target }));
      if (source !== undefined) lines.push(source);
      bytes += source?.length ?? 0;
    }
    if (bytes < bulkBytes && lines.length < 4000) continue;
    yield lines;
    lines = [];
    bytes = 0;
  }
  if (lines.length > 0) yield lines;
}

interface Item {
  _index: string;
  _id: string;
  status: number;
  result?: string;
  error?: { type: string; reason?: string; index?: string };
}

async function send(
  { client, logger, timeout }: Outlet,
  lines: string[],
  missing: Set<string>,
): Promise<void> {
  const { body } = await client.bulk(
    { body: lines as never, require_alias: true },
    { requestTimeout: timeout },
  );
  if (!body.errors) return;
  for (const outcome of body.items as unknown as Record<string, Item>[]) {
    const item = Object.values(outcome)[0]!;
    const { error, status } = item;
    // A conflict says that it holds something later.
    if (!error || status === 409) continue;
    if (error.type === 'index_not_found_exception') missing.add(error.index ?? item._index);
    else if (status === 400) logger.error({ dataset: item._id, error }, 'OpenSearch refused a document');
    else throw new BusyError(`${error.type}: ${error.reason ?? ''}`);
  }
}
