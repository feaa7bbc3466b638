import { WeightedCache } from '../../weighted_cache.ts';
import type { ChangeFollower, DocumentColumns } from '../column/document_columns.ts';
import type { Steps } from '../evaluate/steps.ts';

/** Something worked out of the columns that can be kept right document by document. */
export interface CurrentValue {
  /** Bytes, roughly. */
  readonly weight: number;
  /** These are about to change: takes out what it holds of them, while the columns still say what that was. */
  withdraw(slots: readonly number[]): void;
}

interface Kept {
  value: CurrentValue;
  /** Numbers of documents that were withdrawn and may belong in again. */
  changed: Set<number>;
}

/** Bytes. */
const mostRemembered = 48 * 2 ** 20;

/** With more changed documents than that, to begin anew is cheaper. */
const mostChanged = 1000;

/**
 * What searches have worked out of the columns, each brought up to date by the documents that have changed since it
 * was used last: they are withdrawn before the columns change, and admitted again when somebody asks.
 */
export class CurrentValues implements ChangeFollower {
  readonly #columns: Pick<DocumentColumns, 'slotOf'>;
  readonly #kept = new WeightedCache<Kept>(mostRemembered);

  constructor(columns: Pick<DocumentColumns, 'slotOf' | 'follow'>) {
    this.#columns = columns;
    columns.follow(this);
  }

  /**
   * The value as it is now: made where it is not known, else with the slots `admit` gets looked at again. Where
   * documents change between the steps, the rest of them must not be taken.
   */
  *use<Value extends CurrentValue>(
    key: string,
    make: () => Steps<Value>,
    admit: (value: Value, slots: number[]) => Steps<void>,
    isUsable: (value: Value) => boolean = () => true,
  ): Steps<Value> {
    // Taken out meanwhile: what fails or ends half-way is not kept.
    const kept = this.#kept.take(key);
    let value = kept?.value as Value | undefined;
    if (value && isUsable(value)) {
      const slots = [...kept!.changed]
        .map((number) => this.#columns.slotOf(number))
        .filter((slot) => slot >= 0);
      if (slots.length > 0) yield* admit(value, slots);
    } else value = yield* make();
    this.#kept.set(key, { value, changed: new Set() }, value.weight + 2 * key.length);
    return value;
  }

  changing(numbers: readonly number[], slots: readonly number[]): void {
    for (const [key, { value, changed }] of this.#kept) {
      for (const number of numbers) changed.add(number);
      if (changed.size > mostChanged) this.#kept.take(key);
      else value.withdraw(slots);
    }
  }

  restarted(): void {
    this.#kept.clear();
  }
}
