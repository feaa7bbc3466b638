interface Place {
  next: Map<number, Place>;
  /** Where it goes on when nothing follows here: the longest end of what was read that is a beginning too. */
  otherwise: Place | undefined;
  /** What ends here. */
  found: number[];
  /** The next place on the way of `otherwise` where something ends. */
  more: Place | undefined;
}

const place = (): Place => ({ next: new Map(), otherwise: undefined, found: [], more: undefined });

/** Of so few texts, looking for one after the other is faster. */
const few = 4;

type Visit = (text: number, start: number, end: number) => void;

/** Finds all of many texts inside another one in one go (Aho and Corasick). None of them may be empty. */
export class TextFinder {
  readonly #texts: readonly string[];
  readonly #start = place();

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    if (texts.length <= few) return;
    for (const [number, text] of texts.entries()) this.#add(text, number);
    this.#link();
  }

  /** Units of the whole that are looked at, once for each time that it is gone through. */
  get passes(): number {
    return this.#texts.length <= few ? this.#texts.length / few : 1;
  }

  /** Calls `visit` with the number of each text inside `whole`, wherever it is: its first unit and that behind it. */
  within(whole: string, visit: Visit): void {
    if (this.#texts.length <= few) {
      for (const [number, text] of this.#texts.entries()) eachPlace(whole, text, number, visit);
      return;
    }
    let at = this.#start;
    for (let unit = 0; unit < whole.length; unit++) {
      at = this.#follow(at, whole.charCodeAt(unit));
      for (let end: Place | undefined = at; end; end = end.more)
        for (const text of end.found) visit(text, unit + 1 - this.#texts[text]!.length, unit + 1);
    }
  }

  #add(text: string, number: number): void {
    let at = this.#start;
    for (let unit = 0; unit < text.length; unit++) {
      const sign = text.charCodeAt(unit);
      const next = at.next.get(sign) ?? place();
      at.next.set(sign, next);
      at = next;
    }
    at.found.push(number);
  }

  // Shorter beginnings come first: what a place falls back to is linked already.
  #link(): void {
    const places = [this.#start];
    for (const at of places)
      for (const [sign, next] of at.next) {
        next.otherwise = at === this.#start ? this.#start : this.#follow(at.otherwise!, sign);
        next.more = next.otherwise.found.length > 0 ? next.otherwise : next.otherwise.more;
        places.push(next);
      }
  }

  #follow(from: Place, sign: number): Place {
    for (let at: Place | undefined = from; at; at = at.otherwise) {
      const next = at.next.get(sign);
      if (next) return next;
    }
    return this.#start;
  }
}

function eachPlace(whole: string, text: string, number: number, visit: Visit): void {
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1))
    visit(number, at, at + text.length);
}
