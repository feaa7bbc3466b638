import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { FetchError } from './errors.ts';

export interface BodyLimits {
  /** Bytes on the wire, and bytes after decompression. */
  maxBytes: number;
  /** Decompressed bytes per byte on the wire, once `ratioFrom` bytes have come out. */
  maxRatio: number;
  /** Milliseconds of waiting in which at least `minProgress` bytes have to arrive. */
  idleTimeout: number;
  minProgress: number;
}

const ratioFrom = 1 << 20;

/**
 * The bytes of an answer as they arrive, counted. Only time spent waiting for the server counts as idle: a
 * slow reader is not the server's fault. A server that drips is cut off by `minProgress`.
 * @throws FetchError `tooLarge` or `timeout`
 */
export async function* counted(
  source: AsyncIterable<Buffer>,
  limits: BodyLimits,
  url: string,
  count: { bytes: number },
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let window = { waited: 0, bytes: 0 };
  try {
    while (true) {
      const next = chunks.next();
      let result: IteratorResult<Buffer> | 'late';
      while (true) {
        const started = performance.now();
        result = await within(next, limits.idleTimeout - window.waited);
        window.waited += performance.now() - started;
        if (result !== 'late') break;
        if (window.bytes < limits.minProgress) {
          next.catch(() => undefined); // The stream is torn down below; its end interests nobody.
          throw new FetchError('timeout', `no progress for ${limits.idleTimeout} ms`, { url });
        }
        window = { waited: 0, bytes: 0 };
      }
      if (result.done) return;
      window.bytes += result.value.length;
      if (window.bytes >= limits.minProgress) window = { waited: 0, bytes: 0 };
      count.bytes += result.value.length;
      if (count.bytes > limits.maxBytes) throw tooLarge(limits.maxBytes, url);
      yield result.value;
    }
  } finally {
    // Not awaited: a return() queued behind a next() that never settles would hang.
    void chunks.return?.().then(undefined, () => undefined);
  }
}

function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), Math.max(0, milliseconds));
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const tooLarge = (limit: number, url: string) =>
  new FetchError('tooLarge', `more than ${limit} bytes`, { url });

/**
 * Undoes `Content-Encoding`, as it streams, within the limits.
 * @throws FetchError `decode` for an unknown, nested or broken encoding; `tooLarge` for a bomb
 */
export async function* decoded(
  wire: AsyncIterable<Buffer>,
  encoding: string | undefined,
  limits: BodyLimits,
  url: string,
  count: { bytes: number },
): AsyncGenerator<Buffer> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const applied = names.filter((name) => name !== '' && name !== 'identity');
  if (applied.length === 0) {
    yield* wire;
    return;
  }
  if (applied.length > 1) throw new FetchError('decode', `encoded as ${applied.join(', ')}`, { url });
  const chunks = wire[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  let problem: unknown;
  const output = decompressor(applied[0] ?? '', first.value[0], url);
  const input = async function* () {
    try {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    } catch (error) {
      problem = error;
      throw error;
    }
  };
  const fed = pipeline(input, output).catch(() => undefined); // Reading `output` throws the same error.
  let length = 0;
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limits.maxBytes) throw tooLarge(limits.maxBytes, url);
      if (length > ratioFrom && length > limits.maxRatio * count.bytes)
        throw new FetchError('tooLarge', `expands more than ${limits.maxRatio} times`, { url });
      yield chunk;
    }
  } catch (error) {
    if (problem !== undefined) throw problem;
    if (error instanceof FetchError) throw error;
    throw new FetchError('decode', `not ${applied[0]}`, { url, cause: error });
  } finally {
    output.destroy();
    await fed;
  }
}

/** The first byte tells zlib's `deflate` (RFC 1950) from the bare one (RFC 1951) that some servers send. */
function decompressor(name: string, first: number | undefined, url: string) {
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'br') return createBrotliDecompress();
  if (name === 'deflate')
    return first !== undefined && (first & 0x0f) === 8 ? createInflate() : createInflateRaw();
  throw new FetchError('decode', `encoded as ${name}`, { url });
}
