import type { QueryNode } from '../ast/query_node.ts';
import { EscapeError } from './escapes.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/** With `on`, a field that cannot hold such a value does not take part instead of failing the query. */
export function forgiving(on: boolean, query: () => QueryNode | undefined): QueryNode | undefined {
  try {
    return query();
  } catch (error) {
    if (on && error instanceof QuerySyntaxError && !(error instanceof EscapeError)) return undefined;
    throw error;
  }
}
