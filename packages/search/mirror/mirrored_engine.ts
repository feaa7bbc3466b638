import type { Sql } from '@portolan/db';
import { type Logger, PortolanError } from '@portolan/kernel';
import type { SearchEngine } from '../engines/engine.ts';
import { searchError } from '../query/search_error.ts';
import { noteFallback } from './answered_by.ts';
import { isAway, isMissing, isRefusal } from './away.ts';
import type { SearchMirror } from './mirror.ts';
import type { Unready } from './readiness.ts';

/** What of an engine answers searches. */
export type Searcher = Pick<SearchEngine, 'search' | 'suggestDatasets'>;

export interface MirroredEngine {
  /** Whose tables are written, and who answers when OpenSearch does not. */
  tables: SearchEngine;
  searcher: Searcher;
  mirror: SearchMirror;
  /** What is done when OpenSearch cannot answer. */
  fallback(): 'postgres' | 'error';
  logger: Logger;
}

/** Writes go to the tables, and from there to OpenSearch; OpenSearch answers while it can. */
export function mirroredEngine({ tables, searcher, mirror, fallback, logger }: MirroredEngine): SearchEngine {
  async function ask<Answer>(
    sql: Sql,
    question: (of: Searcher, sql: Sql) => Promise<Answer>,
  ): Promise<Answer> {
    const unready = mirror.circuit.open ? 'away' : await mirror.readiness.why();
    if (unready && (fallback() === 'postgres' || !isLate(unready))) return otherwise(sql, question, unready);
    try {
      const answer = await question(searcher, sql);
      mirror.circuit.succeeded();
      return answer;
    } catch (error) {
      if (error instanceof PortolanError) throw error;
      if (isAway(error)) mirror.circuit.failed(error);
      else if (isMissing(error)) mirror.readiness.doubt();
      // What is too much for OpenSearch need not be for PostgreSQL.
      else if (isRefusal(error)) logger.warn({ err: error }, 'OpenSearch refused a search');
      else throw error;
      return otherwise(
        sql,
        question,
        isMissing(error) ? 'no index' : isAway(error) ? 'away' : 'refused',
        error,
      );
    }
  }

  async function otherwise<Answer>(
    sql: Sql,
    question: (of: Searcher, sql: Sql) => Promise<Answer>,
    reason: Unready | 'refused',
    cause?: unknown,
  ): Promise<Answer> {
    if (fallback() === 'error')
      throw searchError(
        reason === 'refused'
          ? 'the query is more than the search engine can answer'
          : 'The search engine is not available',
        cause,
      );
    noteFallback(reason);
    return question(tables, sql);
  }

  return {
    ...tables,
    mirror,
    search: (sql, query) => ask(sql, (engine, through) => engine.search(through, query)),
    suggestDatasets: (sql, query) => ask(sql, (engine, through) => engine.suggestDatasets(through, query)),
  };
}

/** An answer that is late beats none. */
const isLate = (unready: Unready) => unready === 'behind' || unready === 'differs';
