import type { Sql } from '@portolan/db';
import { SortedTerms } from '../../../vocabulary/sorted_terms.ts';
import { frequencyMark, indexKey, keySeparator } from '../lexeme.ts';

/** No term has white space in it. */
const endOfTerm = '\n';

/** Terms that come at a time: few enough that putting them into memory holds up nothing else for long. */
const batchSize = 20_000;

const nextTerms = `
  SELECT string_agg(term || E'\\n', '' ORDER BY term) AS terms, max(term) AS last, count(*)::integer AS size
  FROM (SELECT term FROM portolan.search_term
    WHERE field = $1 AND term > $2 COLLATE "C" ORDER BY term LIMIT ${batchSize}) AS next`;

/** All terms of a text field, in order and in parts. */
export async function* readTerms(sql: Sql, field: string): AsyncGenerator<SortedTerms> {
  for (let after = ''; ; ) {
    const [row] = await sql.prepared<{ terms: string | null; last: string; size: number }>(
      'search_vocabulary',
      nextTerms,
      [field, after],
    );
    const { terms, last, size } = row!;
    if (terms !== null) yield new SortedTerms(terms, endOfTerm);
    if (size < batchSize) return;
    after = last;
  }
}

/** The terms of a field that document `p` has; the index holds the longest by a hash behind their beginning. */
const termsOfRow = `
  (SELECT string_agg(substr(u.lexeme, length($1) + 1), E'\\n') FROM unnest(tsvector_to_array(p.terms)) AS u(lexeme)
   WHERE starts_with(u.lexeme, $1) AND strpos(u.lexeme, $2) = 0)`;

const termsOfDocuments = `
  SELECT p.number, ${termsOfRow} AS terms FROM portolan.search_posting AS p WHERE p.number = ANY ($3)`;

/** The terms of a text field that each of these documents has, by its number. */
export async function documentTerms(
  sql: Sql,
  field: string,
  numbers: readonly number[],
): Promise<Map<number, string[]>> {
  const rows = await sql.prepared<{ number: number; terms: string | null }>(
    'search_document_terms',
    termsOfDocuments,
    [indexKey(field, ''), frequencyMark, numbers],
  );
  return new Map(rows.map(({ number, terms }) => [number, terms?.split(endOfTerm) ?? []]));
}

/** All terms of a text field that these documents have; undefined where the index holds any of them by a hash. */
export async function termsOf(
  sql: Sql,
  field: string,
  numbers: readonly number[],
): Promise<Set<string> | undefined> {
  if (indexKey(field, '') !== `${field}${keySeparator}`) return undefined;
  const terms = new Set<string>();
  for (const some of (await documentTerms(sql, field, numbers)).values())
    for (const term of some) {
      if (term.includes(keySeparator)) return undefined;
      terms.add(term);
    }
  return terms;
}

// Always the same documents, as long as they are there.
const sampledTerms = `
  SELECT ${termsOfRow} AS terms
  FROM portolan.search_posting AS p TABLESAMPLE BERNOULLI ($3) REPEATABLE (1)`;

export interface SampledTerms {
  /** Documents of the index. */
  corpus: number;
  /** The terms of each document of the sample. */
  documents: string[][];
}

/** The terms of a text field in about `most` documents. */
export async function sampleTerms(sql: Sql, field: string, most: number): Promise<SampledTerms> {
  const [{ corpus } = { corpus: 0 }] = await sql.prepared<{ corpus: number }>(
    'search_corpus',
    'SELECT count(*)::integer AS corpus FROM portolan.search_posting',
  );
  const share = Math.min(100, (100 * most) / Math.max(1, corpus));
  const rows = await sql.prepared<{ terms: string | null }>('search_sample', sampledTerms, [
    indexKey(field, ''),
    frequencyMark,
    share,
  ]);
  return { corpus, documents: rows.map(({ terms }) => terms?.split(endOfTerm) ?? []) };
}
