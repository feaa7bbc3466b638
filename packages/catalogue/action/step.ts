import type { Tx } from '@portolan/db';
import { catchUpWith } from '../index/catch_up.ts';
import { changedDatasets } from '../index/changed_datasets.ts';
import type { Site } from './call.ts';

/** One step of a stepped action: a transaction, and after its commit the index entries that it has made old. */
export async function inStep<Result>(site: Site, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const { result, changed } = await site.db.transact(async (tx) => {
    const result = await work(tx);
    return { result, changed: await changedDatasets(tx) };
  });
  await catchUpWith(site, changed);
  return result;
}
