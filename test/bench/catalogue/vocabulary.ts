/** Numbers that look random and are the same in every run: xorshift on 32 bits. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    // A state of 0 would stay 0; neighbouring seeds must not begin alike.
    this.#state = Math.imul(seed + 1, 2_654_435_761) >>> 0 || 1;
  }

  /** From 0 up to, and without, 1. */
  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** A place from 0 up to `count`, the n-th about n times rarer than the first (Zipf's law). */
  rank(count: number): number {
    return Math.min(count - 1, Math.floor((count + 1) ** this.next()) - 1);
  }
}

const common = `the of and data for in to public local council authority annual report information services
  government environment area planning health school road transport statistics survey quality water air spending
  housing population energy boundary map monitoring register location licence national england scotland wales
  community waste emissions traffic education employment budget property land river flood coastal forest species
  habitat geology climate weather accident crime hospital patient school nursery library park playground bus rail
  cycle parking business rates payments suppliers contracts salaries organisation staff`.split(/\s+/);

const starts = 'b c d f g h l m n p r s t v w br ch cl dr fl gr pl pr sh st th tr'.split(' ');
const middles = 'a e i o u ai ea ou'.split(' ');
const ends = 'n r s t l m d ck nd nt ss rd th'.split(' ');

/** Words by how often they are used, real ones first; the n-th word is the same in every run. */
export function wordsOf(count: number): string[] {
  const words = new Set(common);
  const dice = new Dice(1);
  while (words.size < count) {
    let word = '';
    for (let part = 0, parts = 1 + dice.below(3); part <= parts; part++)
      word += dice.of(starts) + dice.of(middles);
    words.add(word + dice.of(ends));
  }
  return [...words];
}
