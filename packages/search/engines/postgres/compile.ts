import type { BooleanNode } from '../../ast/boolean_node.ts';
import type { QueryNode } from '../../ast/query_node.ts';
import { termNode } from '../../ast/term_node.ts';
import { termSetNode } from '../../ast/term_set_node.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { compileLeaf } from './compile_leaf.ts';
import { type Compilation, type Compiled, direct, guarded } from './compiled.ts';

/** A query as SQL over `d` and `p`; with `scored`, also what it is worth. */
export function compile(node: QueryNode, compilation: Compilation, scored: boolean): Compiled {
  switch (node.kind) {
    case 'everything':
      return direct('true', scored);
    case 'nothing':
      return direct('false', scored);
    case 'boolean':
      return compileBoolean(scored ? node : merged(node), compilation, scored);
    case 'bestOf': {
      const children = node.children.map((child) => compile(child, compilation, scored));
      return {
        condition: joined(children, 'OR'),
        score: scored ? bestScore(children.map(guarded), node.tie) : undefined,
        needsLeaf: children.every((child) => child.needsLeaf),
      };
    }
    case 'boost': {
      const child = compile(node.child, compilation, scored);
      return { ...child, score: scored ? `(${child.score}) * ${numeric(node.factor)}` : undefined };
    }
    case 'constantScore': {
      const child = compile(node.child, compilation, false);
      return { ...child, score: scored ? numeric(node.score) : undefined };
    }
    default:
      return compileLeaf(node, compilation, scored);
  }
}

// Numbers of our own making, not of a client's text; Infinity would not be SQL.
const numeric = (value: number) => `(${Math.min(value, 1e300)})::float8`;

function bestScore(scores: string[], tie: number): string {
  if (scores.length === 1) return scores[0]!;
  const best = `greatest(${scores.join(', ')})`;
  return `(${numeric(tie)} * (${scores.join(' + ')}) + (1 - ${numeric(tie)}) * ${best})`;
}

const joined = (parts: Compiled[], operator: 'AND' | 'OR') =>
  parts.length === 0
    ? String(operator === 'AND')
    : `(${parts.map((part) => `(${part.condition})`).join(` ${operator} `)})`;

function compileBoolean(node: BooleanNode, compilation: Compilation, scored: boolean): Compiled {
  const all = (nodes: readonly QueryNode[]) => nodes.map((child) => compile(child, compilation, scored));
  const must = all(node.must);
  // Without scores, what is merely optional makes no difference.
  const should = scored || node.minimum > 0 ? all(node.should) : [];
  const mustNot = node.mustNot.map((child) => compile(child, compilation, false));
  if (node.must.length === 0 && node.should.length === 0) return direct('false', scored);
  const parts = must.map((part) => `(${part.condition})`);
  if (node.minimum > 0) parts.push(atLeast(node.minimum, should));
  for (const part of mustNot) parts.push(`NOT (${part.condition})`);
  const scores = [...must.map((part) => `(${part.score})`), ...should.map(guarded)];
  return {
    condition: `(${parts.length > 0 ? parts.join(' AND ') : 'true'})`,
    score: scored ? scores.join(' + ') : undefined,
    needsLeaf:
      must.some((part) => part.needsLeaf) || (node.minimum > 0 && should.every((part) => part.needsLeaf)),
  };
}

function atLeast(minimum: number, parts: Compiled[]): string {
  if (minimum === 1) return joined(parts, 'OR');
  if (minimum === parts.length) return joined(parts, 'AND');
  return `(${parts.map((part) => `(${part.condition})::int`).join(' + ')}) >= ${minimum}`;
}

// Without scores, alternatives in one field are one look-up.
function merged(node: BooleanNode): BooleanNode {
  if (node.must.length > 0 || node.minimum !== 1 || node.should.length < 2) return node;
  const byField = new Map<string, string[]>();
  const rest: QueryNode[] = [];
  for (const child of node.should) {
    if (child.kind !== 'term' || fieldOf(child.field).type === 'text_ngram') rest.push(child);
    else byField.set(child.field, [...(byField.get(child.field) ?? []), ...child.terms]);
  }
  const sets = [...byField].map(([field, terms]) =>
    fieldOf(field).type === 'string' ? termSetNode(field, terms) : termNode(field, terms),
  );
  return { ...node, should: [...sets, ...rest] };
}
