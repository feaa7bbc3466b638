import { createHash } from 'node:crypto';
import { UploadTooLarge } from './errors.ts';
import type { StageOptions } from './store.ts';

/** What went through a meter. */
export interface Measured {
  size: number;
  sha256: string;
  head: Uint8Array;
}

/** Bytes at the beginning of a file that tell its type. */
const headSize = 4096;

/**
 * Passes a stream on while it counts and hashes it.
 * @throws UploadTooLarge before the chunk that crosses `limit` is passed on; the signal's reason, also while
 * the sender is silent.
 */
export function meter(stream: AsyncIterable<Uint8Array>, { limit, signal }: StageOptions) {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of signal ? interruptible(stream, signal) : stream) {
      size += chunk.byteLength;
      if (limit !== undefined && size > limit) throw new UploadTooLarge();
      hash.update(chunk);
      if (head.length < headSize) head = Buffer.concat([head, chunk.subarray(0, headSize - head.length)]);
      yield chunk;
    }
  }
  return { stream: measured(), result: (): Measured => ({ size, sha256: hash.digest('hex'), head }) };
}

/**
 * A generator that waits for its source cannot be ended from outside, so the wait itself has to listen to the
 * signal.
 */
async function* interruptible(stream: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  const source = stream[Symbol.asyncIterator]();
  let interrupt = (_: unknown) => {};
  const onAbort = () => interrupt(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        interrupt = reject;
        source.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a silent source would answer only when it speaks again. What it says then is of no interest.
    source.return?.().catch(() => undefined);
  }
}
