export interface Batcher<Item, Answer> {
  add(item: Item): Promise<Answer>;
  /** Resolves when everything added so far has been answered. */
  drain(): Promise<void>;
}

interface Waiting<Item, Answer> {
  item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Joins what is asked for while a statement is on its way into the next statement: alone an item is sent at
 * once, under load a round trip and a commit carry many.
 * @param largest items of one statement
 * @param atOnce statements under way together
 * @param flush answers items in their order; its failure is every item's failure.
 */
export function createBatcher<Item, Answer>(
  flush: (items: Item[]) => Promise<Answer[]>,
  largest: number,
  atOnce = 1,
): Batcher<Item, Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  const running = new Set<Promise<void>>();

  async function work(): Promise<void> {
    // What the same tick still has to say shares the first statement.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largest);
      waiting = waiting.slice(largest);
      try {
        const answers = await flush(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (running.size >= atOnce) return;
        const one: Promise<void> = work().finally(() => running.delete(one));
        running.add(one);
      });
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
