import { randomUUID } from 'node:crypto';
import { type Sql, type Tx, textArray } from '@portolan/db';
import type { Term } from './term_table.ts';

// The row without a field names the table's content: it goes when the table is emptied, and then another is made.
const contentName = `SELECT term AS name FROM portolan.search_term WHERE field = ''`;
const makeName = `
  INSERT INTO portolan.search_term (field, term) SELECT '', $1
  WHERE NOT EXISTS (SELECT FROM portolan.search_term WHERE field = '') ON CONFLICT DO NOTHING`;

/** Names what is in the table now; empty where it is not named, because it holds nothing. */
export async function vocabularyName(sql: Sql): Promise<string> {
  const [row] = await sql.prepared<{ name: string }>('search_terms_content', contentName);
  return row?.name ?? '';
}

/** The same, named if need be. */
export async function namedVocabulary(tx: Tx): Promise<string> {
  const name = await vocabularyName(tx);
  if (name !== '') return name;
  await tx.rows(makeName, [randomUUID()]);
  return vocabularyName(tx);
}

/**
 * Puts the terms of these documents into the table of that name, from which a term only ever goes when all do. They
 * count as known once `tx` is committed: writing many documents, a process sends the few terms that are new.
 */
export async function learnTerms(tx: Tx, vocabulary: string, documents: Term[][]): Promise<void> {
  const fresh = new Set<Term>();
  for (const terms of documents) for (const term of terms) if (term.learntIn !== vocabulary) fresh.add(term);
  if (fresh.size === 0) return;
  const terms = [...fresh];
  await tx.prepared('search_learn_terms', 'SELECT portolan.learn_search_terms($1::text[], $2::text[])', [
    textArray(terms.map(({ field }) => field)),
    textArray(terms.map(({ term }) => term)),
  ]);
  tx.afterCommit(() => {
    for (const term of terms) term.learntIn = vocabulary;
  });
}
