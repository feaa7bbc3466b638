/** What is to be given back when the test file that is running has ended. */
const works: (() => Promise<unknown>)[] = [];

/**
 * Has something given back after the last test of the file. Vitest's `afterAll` is not heard within `beforeAll`, where
 * the harness makes what it lends.
 */
export function atEndOfFile(work: () => Promise<unknown>): void {
  works.push(work);
}

/** Gives all back, what was made last first. */
export async function endOfFile(): Promise<void> {
  for (const work of works.splice(0).reverse()) await work();
}
