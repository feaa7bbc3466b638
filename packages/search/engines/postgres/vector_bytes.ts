import { arrayParameter } from '@portolan/db';

const vectorType = 3614;

/** A parameter `tsvector[]` of vectors in their binary form. */
export const vectorArray = (vectors: readonly Uint8Array[]): Buffer => arrayParameter(vectorType, vectors);

// PostgreSQL counts places from 1, keeps 255 of them and knows none beyond 16 383.
const mostPlaces = 255;
const farthestPlace = 16_383;

/**
 * The binary form of a `tsvector` of our own terms, each of which is there once. Without places a lexeme is there to
 * be found, and never part of a phrase.
 */
export function vectorBytes(
  terms: readonly (readonly [lexeme: string, places: readonly number[]])[],
): Buffer {
  const longestUnit = 3;
  let most = 4;
  for (const [lexeme, places] of terms)
    most += lexeme.length * longestUnit + 3 + 2 * Math.min(places.length, mostPlaces);
  const bytes = Buffer.allocUnsafe(most);
  let at = bytes.writeUInt32BE(terms.length);
  for (const [lexeme, places] of terms) {
    at = putText(bytes, lexeme, at);
    bytes[at++] = 0;
    const count = at;
    at += 2;
    let last = 0;
    for (let index = 0; index < places.length && index < mostPlaces; index++) {
      const place = Math.min(places[index]! + 1, farthestPlace);
      // They ascend; those beyond the farthest are one, and so are those of a term that stands twice at a place.
      if (place <= last) continue;
      last = place;
      at = bytes.writeUInt16BE(place, at);
    }
    bytes.writeUInt16BE((at - count - 2) / 2, count);
  }
  return bytes.subarray(0, at);
}

/** Most are short and ASCII: written here, they take less time than the call of the function that writes any text. */
function putText(bytes: Buffer, text: string, at: number): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return at + bytes.write(text, at);
    bytes[at + index] = unit;
  }
  return at + text.length;
}
