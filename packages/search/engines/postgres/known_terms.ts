import { randomUUID } from 'node:crypto';
import type { Sql, Tx } from '@portolan/db';

/** Terms of text fields, by field. */
export type Terms = Map<string, Iterable<string>>;

/** Beyond this a process looks its terms up in the table: some 20 MB. */
const mostRemembered = 200_000;

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

// Most terms are known: to look is several times cheaper than to try and fail.
const learnTerms = `
  INSERT INTO portolan.search_term (field, term)
  SELECT t.field, t.term FROM unnest($1::text[], $2::text[]) AS t(field, term)
  WHERE NOT EXISTS (SELECT FROM portolan.search_term AS k
    WHERE k.field = t.field COLLATE "C" AND k.term = t.term COLLATE "C")
  ORDER BY t.field COLLATE "C", t.term COLLATE "C"
  ON CONFLICT DO NOTHING`;

/**
 * What this process knows to be in `portolan.search_term`, from which a term only ever goes when all do: writing many
 * documents, it sends the few terms that are new.
 */
export class KnownTerms {
  #content: string | undefined;
  #terms = new Map<string, Set<string>>();
  #size = 0;

  /** Puts the terms of these documents into the table of that name. They count as known once `tx` is committed. */
  async learn(tx: Tx, content: string, documents: Terms[]): Promise<void> {
    if (content !== this.#content) this.#forget(content);
    const fresh = this.#unknown(documents);
    if (fresh.size === 0) return;
    const fields: string[] = [];
    const terms: string[] = [];
    for (const [field, some] of fresh)
      for (const term of some) {
        fields.push(field);
        terms.push(term);
      }
    await tx.prepared('search_learn_terms', learnTerms, [fields, terms]);
    tx.afterCommit(() => {
      if (content === this.#content) this.#remember(fresh);
    });
  }

  #unknown(documents: Terms[]): Map<string, Set<string>> {
    const fresh = new Map<string, Set<string>>();
    for (const document of documents)
      for (const [field, terms] of document) {
        const known = this.#terms.get(field);
        for (const term of terms) {
          if (known?.has(term)) continue;
          const some = fresh.get(field);
          if (some) some.add(term);
          else fresh.set(field, new Set([term]));
        }
      }
    return fresh;
  }

  #remember(fresh: Map<string, Set<string>>): void {
    for (const [field, terms] of fresh) {
      if (this.#size >= mostRemembered) return;
      const known = this.#terms.get(field) ?? new Set();
      this.#size -= known.size;
      for (const term of terms) known.add(term);
      this.#size += known.size;
      this.#terms.set(field, known);
    }
  }

  #forget(content: string): void {
    this.#content = content;
    this.#terms = new Map();
    this.#size = 0;
  }
}
