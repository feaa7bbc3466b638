import type { PatternNode } from '../ast/pattern_node.ts';
import type { TermRangeNode } from '../ast/range_node.ts';
import type { RegularExpressionNode } from '../ast/regular_expression_node.ts';
import { ExpressionAutomaton } from '../expression/expression_automaton.ts';
import type { Effort } from './effort.ts';
import { longestText, patternTest } from './pattern_test.ts';
import { rangeTest, type ShapeNode } from './shape.ts';
import type { SortedTerms } from './sorted_terms.ts';
import { TextFinder } from './text_finder.ts';

type Test = (term: string) => boolean;

/** What one step of looking for texts is worth, in steps of an automaton. */
const testWorth = 3;

/** Finds the terms of many shapes while a vocabulary passes by. */
export class ShapeFinder {
  readonly found: ReadonlyMap<ShapeNode, string[]>;
  readonly #expressions: { automaton: ExpressionAutomaton; found: string[] }[] = [];
  /** Tried on every term. */
  readonly #tests: { fits: Test; found: string[] }[] = [];
  /** Patterns with a text in them, tried where that is. */
  readonly #patterns: { text: string; fits: Test; found: string[] }[] = [];
  readonly #finder: TextFinder;

  constructor(nodes: readonly ShapeNode[]) {
    const found = new Map<ShapeNode, string[]>();
    const known = new Map<string, string[]>();
    for (const node of nodes) {
      // The same shape is looked for once, however often it is asked about.
      const key = JSON.stringify(node.kind === 'regularExpression' ? [node.kind, node.source] : node);
      const terms = known.get(key) ?? this.#add(node);
      known.set(key, terms);
      found.set(node, terms);
    }
    this.found = found;
    this.#finder = new TextFinder(this.#patterns.map(({ text }) => text));
  }

  /** Terms found so far, as often as shapes of this search stand for them. */
  get size(): number {
    let size = 0;
    for (const terms of this.found.values()) size += terms.length;
    return size;
  }

  async look(vocabulary: SortedTerms, effort: Effort): Promise<void> {
    for (const { automaton, found } of this.#expressions) {
      vocabulary.accepted(automaton, effort, (term) => found.push(term));
      await effort.rest();
    }
    for (const { fits, found } of this.#tests) {
      effort.spend(testWorth * vocabulary.terms.length);
      for (const term of vocabulary.terms) if (fits(term)) found.push(term);
      await effort.rest();
    }
    if (this.#patterns.length > 0) this.#lookForPatterns(vocabulary, effort);
    await effort.rest();
  }

  #lookForPatterns({ terms }: SortedTerms, effort: Effort): void {
    // By pattern, the place after that of the term on which it was tried last: a text may be in it several times.
    const tried = new Uint32Array(this.#patterns.length);
    let at = 0;
    const look = (number: number) => {
      if (tried[number] === at) return;
      tried[number] = at;
      effort.spend(testWorth);
      const { fits, found } = this.#patterns[number]!;
      const term = terms[at - 1]!;
      if (fits(term)) found.push(term);
    };
    for (const term of terms) {
      at++;
      effort.spend(term.length);
      this.#finder.within(term, look);
    }
  }

  #add(node: ShapeNode): string[] {
    switch (node.kind) {
      case 'pattern':
        return this.#addPattern(node);
      case 'regularExpression':
        return this.#addExpression(node);
      case 'termRange':
        return this.#addRange(node);
    }
  }

  #addPattern({ pieces }: PatternNode): string[] {
    const found: string[] = [];
    const text = longestText(pieces);
    const fits = patternTest(pieces);
    if (text === '') this.#tests.push({ fits, found });
    else this.#patterns.push({ text, fits, found });
    return found;
  }

  #addExpression({ expression }: RegularExpressionNode): string[] {
    const found: string[] = [];
    this.#expressions.push({ automaton: new ExpressionAutomaton(expression), found });
    return found;
  }

  #addRange(node: TermRangeNode): string[] {
    const found: string[] = [];
    this.#tests.push({ fits: rangeTest(node), found });
    return found;
  }
}
