import { reaching } from './coded_column.ts';

/** A number by document; NaN where there is none. */
export class NumberColumn {
  readonly kind = 'number';
  #numbers = new Float64Array(1024).fill(Number.NaN);

  get(slot: number): number {
    return this.#numbers[slot] ?? Number.NaN;
  }

  set(slot: number, value: number | null): void {
    const before = this.#numbers.length;
    this.#numbers = reaching(this.#numbers, slot);
    if (this.#numbers.length > before) this.#numbers.fill(Number.NaN, before);
    this.#numbers[slot] = value ?? Number.NaN;
  }
}
