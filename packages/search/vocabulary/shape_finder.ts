import type { PatternNode } from '../ast/pattern_node.ts';
import type { TermRangeNode } from '../ast/range_node.ts';
import type { RegularExpressionNode } from '../ast/regular_expression_node.ts';
import { ExpressionAutomaton } from '../expression/expression_automaton.ts';
import { requiredText } from '../expression/required_text.ts';
import type { Effort } from './effort.ts';
import { longestText, patternTest } from './pattern_test.ts';
import type { ShapeNode } from './shape.ts';
import type { SortedTerms } from './sorted_terms.ts';
import { TextFinder } from './text_finder.ts';

type Test = (term: string) => boolean;

/** What one step of looking for texts is worth, in steps of an automaton. */
const testWorth = 3;

/** Units of a text that are gone through in the time of one step of an automaton. */
const unitsPerStep = 4;

/** Finds the terms of many shapes while a vocabulary passes by. */
export class ShapeFinder {
  readonly found: ReadonlyMap<ShapeNode, string[]>;
  /** Expressions of which nothing is known but what they describe. */
  readonly #expressions: { automaton: ExpressionAutomaton; found: string[] }[] = [];
  /** Tried on every term. */
  readonly #tests: { fits: Test; found: string[] }[] = [];
  readonly #ranges: { range: TermRangeNode; found: string[] }[] = [];
  readonly #beginnings: { text: string; found: string[] }[] = [];
  /** Shapes with a text in them, tried where that is; without a test, that is enough. */
  readonly #within: { text: string; fits: Test | undefined; found: string[] }[] = [];
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
    this.#finder = new TextFinder(this.#within.map(({ text }) => text));
  }

  /** Terms found so far, as often as shapes of this search stand for them. */
  get size(): number {
    let size = 0;
    for (const terms of this.found.values()) size += terms.length;
    return size;
  }

  async look(vocabulary: SortedTerms, effort: Effort): Promise<void> {
    for (const { range, found } of this.#ranges) addRange(vocabulary, range, found, effort);
    for (const { text, found } of this.#beginnings)
      addPlaces(vocabulary, vocabulary.firstFrom(text), vocabulary.firstBeyond(text), found, effort);
    for (const { automaton, found } of this.#expressions) {
      vocabulary.accepted(automaton, effort, (term) => found.push(term));
      await effort.rest();
    }
    for (const { fits, found } of this.#tests) {
      effort.spend(testWorth * vocabulary.size);
      for (let place = 0; place < vocabulary.size; place++) {
        const term = vocabulary.at(place);
        if (fits(term)) found.push(term);
      }
      await effort.rest();
    }
    if (this.#within.length > 0) this.#lookWithin(vocabulary, effort);
    await effort.rest();
  }

  #lookWithin(vocabulary: SortedTerms, effort: Effort): void {
    // By shape, the place after that of the term on which it was tried last: a text may be in it several times.
    const tried = new Uint32Array(this.#within.length);
    effort.spend(Math.ceil((vocabulary.length * this.#finder.passes) / unitsPerStep));
    vocabulary.containing(this.#finder, (place, number) => {
      if (tried[number] === place + 1) return;
      tried[number] = place + 1;
      const { fits, found } = this.#within[number]!;
      effort.spend(fits ? testWorth : 1);
      const term = vocabulary.at(place);
      if (!fits || fits(term)) found.push(term);
    });
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
    const beginning = beginningOf(pieces);
    if (beginning !== undefined) this.#beginnings.push({ text: beginning, found });
    else if (text === '') this.#tests.push({ fits: patternTest(pieces), found });
    else {
      const isEnough = pieces.length === 3 && isAny(pieces[0]) && isAny(pieces[2]);
      this.#within.push({ text, fits: isEnough ? undefined : patternTest(pieces), found });
    }
    return found;
  }

  #addExpression({ expression }: RegularExpressionNode): string[] {
    const found: string[] = [];
    const automaton = new ExpressionAutomaton(expression);
    const text = requiredText(expression);
    if (text === '') this.#expressions.push({ automaton, found });
    else this.#within.push({ text, fits: (term) => automaton.matches(term), found });
    return found;
  }

  #addRange(range: TermRangeNode): string[] {
    const found: string[] = [];
    this.#ranges.push({ range, found });
    return found;
  }
}

type Piece = PatternNode['pieces'][number];

const isAny = (piece: Piece | undefined) => piece !== undefined && 'wild' in piece && piece.wild === 'any';

/** What all terms of the shape begin with, where nothing else is asked of them. */
export function beginningOf(pieces: readonly Piece[]): string | undefined {
  const [first, second] = pieces;
  return pieces.length === 2 && first && 'text' in first && isAny(second) ? first.text : undefined;
}

function addRange(
  vocabulary: SortedTerms,
  { lower, upper }: TermRangeNode,
  found: string[],
  effort: Effort,
): void {
  const from = lower ? placeAt(vocabulary, lower.value, !lower.inclusive) : 0;
  const to = upper ? placeAt(vocabulary, upper.value, upper.inclusive) : vocabulary.size;
  addPlaces(vocabulary, from, to, found, effort);
}

/** The place of a term or, with `behind`, the one behind it. */
function placeAt(vocabulary: SortedTerms, term: string, behind: boolean): number {
  const place = vocabulary.firstFrom(term);
  return behind && place < vocabulary.size && vocabulary.at(place) === term ? place + 1 : place;
}

function addPlaces(vocabulary: SortedTerms, from: number, to: number, found: string[], effort: Effort): void {
  effort.spend(Math.max(0, to - from));
  for (let place = from; place < to; place++) found.push(vocabulary.at(place));
}
