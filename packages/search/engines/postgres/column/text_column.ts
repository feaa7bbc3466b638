/** A text by document, to sort by. */
export class TextColumn {
  readonly kind = 'text';
  readonly #texts: (string | undefined)[] = [];

  get(slot: number): string | undefined {
    return this.#texts[slot];
  }

  set(slot: number, value: string | null): void {
    // Without holes the array stays a plain list.
    while (this.#texts.length < slot) this.#texts.push(undefined);
    this.#texts[slot] = value ?? undefined;
  }
}
