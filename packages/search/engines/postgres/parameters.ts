// PostgreSQL's texts cannot hold a NUL, so no document does; any other character that none has will do.
const storable = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value);

/** The values of a statement under construction; SQL text only ever holds their numbers. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly #known = new Map<string, string>();

  /** @returns `$n` with the cast. Equal texts are sent once. */
  add(given: unknown, type: string): string {
    const value = Array.isArray(given) ? given.map(storable) : storable(given);
    const key = typeof value === 'string' ? `${type} ${value}` : undefined;
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    const reference = `$${this.values.length}::${type}`;
    if (key !== undefined) this.#known.set(key, reference);
    return reference;
  }

  /** A statement and its values as one text: the same for all that ask the same. */
  written(text: string): string {
    const { text: statement, values } = this.finish(text);
    return JSON.stringify([statement, values]);
  }

  /** The statement with the values that it still names; parts of it may have been dropped on the way. */
  finish(text: string): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    const places = new Map<string, number>();
    const renumbered = text.replace(/\$(\d+)(?=::)/g, (_, number: string) => {
      const place = places.get(number) ?? values.push(this.values[Number(number) - 1]);
      places.set(number, place);
      return `$${place}`;
    });
    return { text: renumbered, values };
  }
}
