/**
 * What a promise gives, if it does so in time; its later answer is of no interest then.
 * @throws Error with `otherwise` after `milliseconds`.
 */
export async function within<Value>(
  promise: Promise<Value>,
  milliseconds: number,
  otherwise: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
