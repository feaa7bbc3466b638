/**
 * A field's length in the steps in which Lucene keeps it: exact below 40, then four significant bits; one byte a
 * document, and scores that are compared with Lucene's have to round as it does.
 */
export function lengthStep(length: number): number {
  const exact = 24;
  return length < exact ? length : exact + decoded(encoded(length - exact));
}

function encoded(value: number): number {
  const bits = value === 0 ? 0 : 32 - Math.clz32(value);
  if (bits < 4) return value;
  const shift = bits - 4;
  return ((value >>> shift) & 0x07) | ((shift + 1) << 3);
}

function decoded(code: number): number {
  const shift = (code >> 3) - 1;
  const mantissa = code & 0x07;
  return shift < 0 ? mantissa : (mantissa | 0x08) << shift;
}
