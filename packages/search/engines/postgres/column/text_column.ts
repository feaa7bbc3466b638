/** A text by document, to sort by. */
export class TextColumn {
  readonly kind = 'text';
  readonly #texts: (string | undefined)[] = [];
  #filled = 0;

  /** Whether no document has a text. */
  get isEmpty(): boolean {
    return this.#filled === 0;
  }

  get(slot: number): string | undefined {
    return this.#texts[slot];
  }

  set(slot: number, value: string | null): void {
    // Without holes the array stays a plain list.
    while (this.#texts.length < slot) this.#texts.push(undefined);
    if (this.#texts[slot] !== undefined) this.#filled--;
    if (value !== null) this.#filled++;
    this.#texts[slot] = value ?? undefined;
  }
}
