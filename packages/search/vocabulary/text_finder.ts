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

/** Finds all of many texts inside another one in one go (Aho and Corasick). None of them may be empty. */
export class TextFinder {
  readonly #start = place();

  constructor(texts: readonly string[]) {
    for (const [number, text] of texts.entries()) this.#add(text, number);
    this.#link();
  }

  /** Calls `visit` with the number of each text inside `whole`, perhaps several times. */
  within(whole: string, visit: (text: number) => void): void {
    let at = this.#start;
    for (let unit = 0; unit < whole.length; unit++) {
      at = this.#follow(at, whole.charCodeAt(unit));
      for (let end: Place | undefined = at; end; end = end.more) for (const text of end.found) visit(text);
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
