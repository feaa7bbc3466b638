import { systemRuntime } from '@portolan/kernel';

/** What parsing a JSON text will make, counted before any of it is made. */
export interface JsonCost {
  /** Objects and lists. */
  opened: number;
  /** Values of them, but for the first of each. */
  values: number;
  /**
   * Ways in which the objects are laid out: a key behind those before it in its object counts once, however many
   * objects begin so. An engine keeps a description of each beside the objects, which is larger than a small object.
   */
  layouts: number;
}

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [brace, closingBrace, bracket, closingBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Where layouts are noted: a bit for each that was met. Enough that a million of them hide some thirtieth of them. */
const bits = { least: 2 ** 10, most: 2 ** 24 };
/** Nobody who writes a document can know which of its layouts share a bit. */
const seed = systemRuntime.bytes(4).readInt32LE();

/**
 * Goes through the text once. What is no JSON is counted as if it were.
 * @param enough it may end early once this is true of what was counted so far
 */
export function costOfJson(text: string, enough: (cost: JsonCost) => boolean): JsonCost {
  const cost: JsonCost = { opened: 0, values: 0, layouts: 0 };
  const size = Math.min(Math.max(2 ** Math.ceil(Math.log2(text.length + 1)), bits.least), bits.most);
  const met = new Uint32Array(size / 32);
  /** By depth: the layout of what is open. */
  const layouts = [seed];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case comma:
        cost.values++;
        break;
      case brace:
      case bracket:
        cost.opened++;
        layouts.push(seed);
        if (enough(cost)) return cost;
        break;
      case closingBrace:
      case closingBracket:
        if (layouts.length > 1) layouts.pop();
        break;
      case quote: {
        let hash = seed;
        for (at++; at < text.length; at++) {
          const character = text.charCodeAt(at);
          if (character === quote) break;
          hash = Math.imul(hash ^ character, 0x01000193);
          if (character === backslash) at++;
        }
        if (!isBefore(text, at + 1, colon)) break;
        const layout = mixed((layouts.at(-1) ?? seed) ^ mixed(hash));
        layouts[layouts.length - 1] = layout;
        const [word, bit] = [(layout & (size - 1)) >>> 5, 1 << (layout & 31)];
        if (((met[word] ?? 0) & bit) !== 0) break;
        met[word] = (met[word] ?? 0) | bit;
        cost.layouts++;
        if (enough(cost)) return cost;
      }
    }
  }
  return cost;
}

/** Whether this character comes next, blanks aside. */
function isBefore(text: string, at: number, character: number): boolean {
  let next = at;
  while (text.charCodeAt(next) <= 0x20) next++;
  return text.charCodeAt(next) === character;
}

/** Spreads what two numbers differ in over all of their bits. */
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
