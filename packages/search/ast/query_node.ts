import type { BestOfNode } from './best_of_node.ts';
import type { BooleanNode } from './boolean_node.ts';
import type { BoostNode } from './boost_node.ts';
import type { BoxOverlapNode } from './box_overlap_node.ts';
import type { ConstantScoreNode } from './constant_score_node.ts';
import type { EverythingNode } from './everything_node.ts';
import type { ExistsNode } from './exists_node.ts';
import type { FuzzyNode } from './fuzzy_node.ts';
import type { NothingNode } from './nothing_node.ts';
import type { PatternNode } from './pattern_node.ts';
import type { PhraseNode } from './phrase_node.ts';
import type { NumberRangeNode, TermRangeNode } from './range_node.ts';
import type { RegularExpressionNode } from './regular_expression_node.ts';
import type { TermNode } from './term_node.ts';
import type { TermSetNode } from './term_set_node.ts';

export type CompoundNode = BooleanNode | BestOfNode | BoostNode | ConstantScoreNode;

/** What an engine looks up in its index. */
export type LeafNode =
  | TermNode
  | TermSetNode
  | PhraseNode
  | PatternNode
  | RegularExpressionNode
  | FuzzyNode
  | TermRangeNode
  | NumberRangeNode
  | ExistsNode
  | BoxOverlapNode;

/** An analysed query: what every engine compiles. Terms are those of the index, nothing is left to parse. */
export type QueryNode = CompoundNode | LeafNode | EverythingNode | NothingNode;
