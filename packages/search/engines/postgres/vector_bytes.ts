import { arrayParameter } from '@portolan/db';

const vectorType = 3614;

/** A parameter `tsvector[]` of vectors in their binary form. */
export const vectorArray = (vectors: readonly Uint8Array[]): Buffer => arrayParameter(vectorType, vectors);

// PostgreSQL counts places from 1, keeps 255 of them and knows none beyond 16 383.
const mostPlaces = 255;
const farthestPlace = 16_383;

const noPlaces: readonly number[] = [];
const [terminatorBytes, countBytes, placeBytes, longestUnit] = [1, 2, 2, 3];

/**
 * Writes the binary form of a `tsvector` of our own terms, each of which is there once. Without places a lexeme is
 * there to be found, and never part of a phrase.
 */
export class VectorWriter {
  #bytes = Buffer.allocUnsafe(2 ** 16);
  #at = 4;
  #count = 0;

  /** Forgets what was written: who writes may have failed half-way. */
  begin(): void {
    this.#at = 4;
    this.#count = 0;
  }

  /** `ending` is ASCII. */
  add(lexeme: string, places = noPlaces, ending = ''): void {
    this.#reserve(lexeme.length * longestUnit + ending.length + placeBytes * mostPlaces);
    this.#put(lexeme);
    if (ending !== '') this.#put(ending);
    const bytes = this.#bytes;
    bytes[this.#at++] = 0;
    const counted = this.#at;
    let at = counted + countBytes;
    let last = 0;
    for (let index = 0; index < places.length && index < mostPlaces; index++) {
      const place = Math.min(places[index]! + 1, farthestPlace);
      // They ascend; those beyond the farthest are one, and so are those of a term that stands twice at a place.
      if (place <= last) continue;
      last = place;
      bytes[at++] = place >> 8;
      bytes[at++] = place & 0xff;
    }
    bytes.writeUInt16BE((at - counted - countBytes) / placeBytes, counted);
    this.#at = at;
    this.#count++;
  }

  /** What was written since it began. */
  get vector(): Buffer {
    this.#bytes.writeUInt32BE(this.#count);
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  #reserve(most: number): void {
    const needed = this.#at + most + terminatorBytes + countBytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * needed);
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }

  /** Most are short and ASCII: written here, they take less time than the call of the function that writes any text. */
  #put(text: string): void {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) {
        this.#at = at + bytes.write(text, at);
        return;
      }
      bytes[at + index] = unit;
    }
    this.#at = at + text.length;
  }
}
