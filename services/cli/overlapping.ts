interface Overlapping<Item, Result> {
  /** Items at work at a time. */
  width: number;
  /** Whether an item has to wait until an earlier one is done. */
  follows(item: Item, earlier: Item): boolean;
  work(item: Item): Promise<Result>;
}

/** Works on several items at a time and gives their results in order. Nothing is at work any more once it has ended. */
export async function* overlapping<Item, Result>(
  items: AsyncIterable<Item>,
  { width, follows, work }: Overlapping<Item, Result>,
): AsyncGenerator<[Item, Result]> {
  const running: { item: Item; result: Promise<Result> }[] = [];
  const next = async (): Promise<[Item, Result]> => {
    const { item, result } = running[0]!;
    const done: [Item, Result] = [item, await result];
    running.shift();
    return done;
  };
  try {
    for await (const item of items) {
      while (running.length >= width || running.some((earlier) => follows(item, earlier.item)))
        yield await next();
      const result = work(item);
      // Looked at in its turn; until then a failure is nobody's surprise.
      result.catch(() => {});
      running.push({ item, result });
    }
    while (running.length > 0) yield await next();
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
