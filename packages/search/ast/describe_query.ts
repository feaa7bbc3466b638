import type { QueryNode } from './query_node.ts';

/** A query in the notation of Lucene's own, for messages and tests: `+a b -c`, `(x | y)~0.1`, `field:term^2`. */
export function describeQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'everything':
      return '*:*';
    case 'nothing':
      return '-*:*';
    case 'boolean': {
      const of = (sign: string, nodes: readonly QueryNode[]) =>
        nodes.map((child) => `${sign}${describeQuery(child)}`);
      const clauses = [...of('+', node.must), ...of('', node.should), ...of('-', node.mustNot)].join(' ');
      return `(${clauses})${node.minimum > 1 ? `~${node.minimum}` : ''}`;
    }
    case 'bestOf':
      return `(${node.children.map(describeQuery).join(' | ')})~${node.tie}`;
    case 'boost':
      return `${describeQuery(node.child)}^${node.factor}`;
    case 'constantScore':
      return `${describeQuery(node.child)}^=${node.score}`;
    default:
      return describeLeaf(node);
  }
}

type Leaf = Exclude<
  Parameters<typeof describeQuery>[0],
  { kind: 'everything' | 'nothing' | 'boolean' | 'bestOf' | 'boost' | 'constantScore' }
>;

function describeLeaf(node: Leaf): string {
  switch (node.kind) {
    case 'term':
      return `${node.field}:${alternatives(node.terms)}`;
    case 'termSet':
      return `${node.field}:{${node.values.join(' ')}}`;
    case 'phrase':
      return `${node.field}:"${node.positions.map(({ terms }) => alternatives(terms)).join(' ')}"${node.slop ? `~${node.slop}` : ''}`;
    case 'pattern':
      return `${node.field}:${node.pieces.map((piece) => ('text' in piece ? piece.text : piece.wild === 'any' ? '*' : '?')).join('')}`;
    case 'regularExpression':
      return `${node.field}:/${node.source}/`;
    case 'fuzzy':
      return `${node.field}:${node.term}~${node.edits}`;
    case 'exists':
      return `${node.field}:*`;
    case 'boxOverlap':
      return `overlap(${node.box.west},${node.box.south},${node.box.east},${node.box.north})`;
    case 'termRange':
    case 'numberRange': {
      const { lower, upper } = node;
      const start = lower?.inclusive === false ? '{' : '[';
      const end = upper?.inclusive === false ? '}' : ']';
      return `${node.field}:${start}${lower?.value ?? '*'} TO ${upper?.value ?? '*'}${end}`;
    }
  }
}

const alternatives = (terms: readonly string[]) => (terms.length === 1 ? terms[0]! : `<${terms.join(' ')}>`);
