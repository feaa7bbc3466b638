/** Work of all lengths, for the thread that reads documents. */
export const double = (n: number): number => 2 * n;

export function fail(message: string): never {
  throw new TypeError(message);
}

export function endless(): never {
  for (let n = 0; ; n++) if (n < 0) throw new Error('The numbers have come to their end');
}
