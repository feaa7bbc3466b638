import type { Sql, Tx } from '@portolan/db';

// Terms of new documents wait in a list before they are put into the index of terms, many at a time: that takes the less
// the longer the list is, and each search the more.

/** kB; PostgreSQL's own is 4096. */
const longestList = 32_768;

/**
 * kB. Who adds to a list that is full puts it in order, by pieces of what fits into `work_mem`, and each piece goes
 * through the whole index: the 4 MB that are usual hold the terms of a hundred documents.
 */
const orderMemory = 65_536;

/** The transaction is one of many: what it writes is put in order less often. */
export async function deferOrder(tx: Tx): Promise<void> {
  await tx.prepared(
    'search_defer_order',
    `SELECT set_config('gin_pending_list_limit', $1, true), set_config('work_mem', $2, true)`,
    [String(longestList), String(orderMemory)],
  );
}

/** Puts in order what such transactions have left. */
export async function putInOrder(sql: Sql): Promise<void> {
  await sql.rows(
    `SELECT gin_clean_pending_list('portolan.search_posting_terms_idx'),
       gin_clean_pending_list('portolan.search_posting_exact_idx')`,
  );
}
