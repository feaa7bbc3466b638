import type { ByteRange } from './store.ts';

/**
 * Reads a Range header (RFC 9110, section 14). Undefined when it is to be ignored: malformed, another unit, or
 * several ranges at once, which nobody who downloads a file asks for.
 */
export function parseRange(header: string): ByteRange | undefined {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header);
  if (!match) return undefined;
  const [, first, last] = match as unknown as [string, string, string];
  if (first === '') return last === '' ? undefined : { suffix: Number(last) };
  const start = Number(first);
  if (last === '') return { start };
  return Number(last) < start ? undefined : { start, end: Number(last) };
}

/** The bytes of an object of `size` that a range means, both ends included; undefined when it means none. */
export function resolveRange(range: ByteRange, size: number): { start: number; end: number } | undefined {
  if ('suffix' in range) {
    if (range.suffix === 0 || size === 0) return undefined;
    return { start: Math.max(0, size - range.suffix), end: size - 1 };
  }
  if (range.start >= size) return undefined;
  return { start: range.start, end: Math.min(range.end ?? size - 1, size - 1) };
}
