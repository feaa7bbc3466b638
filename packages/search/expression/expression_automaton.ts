import { searchError } from '../query/search_error.ts';
import type { TermAutomaton } from '../vocabulary/term_automaton.ts';
import type { Expression, Range } from './expression.ts';

/** What is left to be read, as an expression: two of one meaning are mostly one object. */
export interface Rest {
  readonly id: number;
  /** Whether nothing has to follow. */
  readonly complete: boolean;
  readonly shape: Shape;
  /** What is left after a character, by its class. */
  readonly after: (Rest | undefined)[];
}

type Shape =
  | { readonly kind: 'end' }
  | { readonly kind: 'never' }
  | { readonly kind: 'character'; readonly classes: Uint8Array }
  | { readonly kind: 'then'; readonly first: Rest; readonly second: Rest }
  | { readonly kind: 'any' | 'all'; readonly parts: readonly Rest[] }
  | { readonly kind: 'not'; readonly part: Rest }
  | { readonly kind: 'times'; readonly part: Rest; readonly least: number; readonly most: number };

/** Parts that are looked at while states are made, each time they are. Lucene gives up at 10,000 states of its own. */
const mostWork = 400_000;
/** Parts of all states, each counted once. */
const mostParts = 200_000;

const tooComplex = () => searchError('the query is more than the search engine can answer');

/**
 * An expression as a deterministic automaton, which is made as far as terms lead: a state is what of the expression
 * is left after the characters read so far (Brzozowski's derivatives). Repetitions are counted, not written out.
 */
export class ExpressionAutomaton implements TermAutomaton<Rest> {
  readonly start: Rest;
  /** Where classes of characters begin: all of one class are the same to the expression. */
  readonly #borders: number[];
  readonly #known = new Map<string, Rest>();
  readonly #end: Rest;
  readonly #never: Rest;
  readonly #whatever: Rest;
  #work = 0;

  constructor(expression: Expression) {
    const borders = new Set([0]);
    addBorders(expression, borders);
    this.#borders = [...borders].sort((a, b) => a - b);
    this.#end = this.#make('end', true, { kind: 'end' });
    this.#never = this.#make('never', false, { kind: 'never' });
    this.#whatever = this.#make(`not ${this.#never.id}`, true, { kind: 'not', part: this.#never });
    this.start = this.#read(expression);
  }

  /** @throws a search error where the expression is too complex */
  step(state: Rest, codePoint: number): Rest | undefined {
    const next = this.#after(state, this.#classOf(codePoint));
    return next === this.#never ? undefined : next;
  }

  accepts(state: Rest): boolean {
    return state.complete;
  }

  matches(term: string): boolean {
    let state: Rest | undefined = this.start;
    for (const one of term) {
      state = this.step(state, one.codePointAt(0)!);
      if (state === undefined) return false;
    }
    return state.complete;
  }

  #classOf(codePoint: number): number {
    let [low, high] = [0, this.#borders.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#borders[middle]! <= codePoint) low = middle;
      else high = middle;
    }
    return low;
  }

  #after(rest: Rest, sign: number): Rest {
    const known = rest.after[sign];
    if (known) return known;
    this.#spend(1);
    const next = this.#derive(rest.shape, sign);
    rest.after[sign] = next;
    return next;
  }

  #derive(shape: Shape, sign: number): Rest {
    switch (shape.kind) {
      case 'end':
      case 'never':
        return this.#never;
      case 'character':
        return shape.classes[sign] ? this.#end : this.#never;
      case 'then': {
        const rest = this.#then(this.#after(shape.first, sign), shape.second);
        return shape.first.complete ? this.#any([rest, this.#after(shape.second, sign)]) : rest;
      }
      case 'any':
        return this.#any(shape.parts.map((part) => this.#after(part, sign)));
      case 'all':
        return this.#all(shape.parts.map((part) => this.#after(part, sign)));
      case 'not':
        return this.#not(this.#after(shape.part, sign));
      case 'times': {
        const { part, least, most } = shape;
        return this.#then(this.#after(part, sign), this.#times(part, Math.max(0, least - 1), most - 1));
      }
    }
  }

  #read(expression: Expression): Rest {
    switch (expression.kind) {
      case 'characters':
        return this.#character(expression.negated, expression.ranges);
      case 'sequence':
        return expression.parts.reduceRight<Rest>(
          (rest, part) => this.#then(this.#read(part), rest),
          this.#end,
        );
      case 'choice':
        return this.#any(expression.parts.map((part) => this.#read(part)));
      case 'all':
        return this.#all(expression.parts.map((part) => this.#read(part)));
      case 'not':
        return this.#not(this.#read(expression.part));
      case 'repeat':
        return this.#times(
          this.#read(expression.part),
          expression.least,
          expression.most ?? Number.POSITIVE_INFINITY,
        );
      case 'nothing':
        return this.#never;
    }
  }

  #character(negated: boolean, ranges: readonly Range[]): Rest {
    const classes = Uint8Array.from(this.#borders, (border) => {
      const inside = ranges.some(([first, last]) => first <= border && border <= last);
      return inside === negated ? 0 : 1;
    });
    if (!classes.includes(1)) return this.#never;
    return this.#make(`[${classes.join('')}]`, false, { kind: 'character', classes });
  }

  #then(first: Rest, second: Rest): Rest {
    if (first === this.#never || second === this.#never) return this.#never;
    if (first === this.#end) return second;
    if (second === this.#end) return first;
    // From the left, so that of one meaning there is one form.
    if (first.shape.kind === 'then')
      return this.#then(first.shape.first, this.#then(first.shape.second, second));
    return this.#make(`${first.id} then ${second.id}`, first.complete && second.complete, {
      kind: 'then',
      first,
      second,
    });
  }

  #any(parts: readonly Rest[]): Rest {
    const some = this.#flat('any', parts, this.#never);
    if (some.includes(this.#whatever)) return this.#whatever;
    if (some.length < 2) return some[0] ?? this.#never;
    return this.#make(`any ${some.map(({ id }) => id)}`, some.some(isComplete), { kind: 'any', parts: some });
  }

  #all(parts: readonly Rest[]): Rest {
    const some = this.#flat('all', parts, this.#whatever);
    if (some.includes(this.#never)) return this.#never;
    if (some.length < 2) return some[0] ?? this.#whatever;
    return this.#make(`all ${some.map(({ id }) => id)}`, some.every(isComplete), {
      kind: 'all',
      parts: some,
    });
  }

  /** Parts of parts, each once and in one order, without those that say nothing. */
  #flat(kind: 'any' | 'all', parts: readonly Rest[], idle: Rest): Rest[] {
    this.#spend(parts.length);
    const flat = new Set<Rest>();
    for (const one of parts)
      for (const part of one.shape.kind === kind ? one.shape.parts : [one]) if (part !== idle) flat.add(part);
    return [...flat].sort((a, b) => a.id - b.id);
  }

  #not(part: Rest): Rest {
    if (part.shape.kind === 'not') return part.shape.part;
    return this.#make(`not ${part.id}`, !part.complete, { kind: 'not', part });
  }

  #times(part: Rest, least: number, most: number): Rest {
    if (most === 0 || part === this.#end) return this.#end;
    if (part === this.#never) return least === 0 ? this.#end : this.#never;
    if (least === 1 && most === 1) return part;
    // What may be nothing may be there less often.
    if (part.complete && least > 0) return this.#times(part, 0, most);
    if (least === 0 && isEndless(part)) return part;
    return this.#make(`${part.id} times ${least} ${most}`, least === 0, { kind: 'times', part, least, most });
  }

  #spend(work: number): void {
    this.#work += work;
    if (this.#work > mostWork) throw tooComplex();
  }

  #make(key: string, complete: boolean, shape: Shape): Rest {
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= mostParts) throw tooComplex();
    const rest: Rest = { id: this.#known.size, complete, shape, after: [] };
    this.#known.set(key, rest);
    return rest;
  }
}

const isComplete = ({ complete }: Rest) => complete;

/** Any number of something: as often as one likes is no more. */
const isEndless = ({ shape }: Rest) =>
  shape.kind === 'times' && shape.least === 0 && shape.most === Number.POSITIVE_INFINITY;

function addBorders(expression: Expression, borders: Set<number>): void {
  switch (expression.kind) {
    case 'characters':
      for (const [first, last] of expression.ranges) borders.add(first).add(last + 1);
      return;
    case 'sequence':
    case 'choice':
    case 'all':
      for (const part of expression.parts) addBorders(part, borders);
      return;
    case 'not':
    case 'repeat':
      addBorders(expression.part, borders);
  }
}
