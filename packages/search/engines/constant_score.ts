import type { QueryNode } from '../ast/query_node.ts';

/** What each document of the query scores, where that is the same for all: then scores order nothing. */
export function constantScoreOf(node: QueryNode): number | undefined {
  switch (node.kind) {
    case 'everything':
      return 1;
    case 'constantScore':
      return node.score;
    default:
      return undefined;
  }
}
