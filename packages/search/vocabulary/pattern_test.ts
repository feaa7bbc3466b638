import type { PatternPiece } from '../ast/pattern_node.ts';

/** Characters between two wildcards for any number of them; undefined stands for any one. */
type Stretch = readonly (string | undefined)[];

/** Whether a term has the shape of the pieces. Takes no longer than term and pattern are long, one times the other. */
export function patternTest(pieces: readonly PatternPiece[]): (term: string) => boolean {
  const stretches: (string | undefined)[][] = [[]];
  for (const piece of pieces) {
    if ('text' in piece) stretches.at(-1)!.push(...piece.text);
    else if (piece.wild === 'one') stretches.at(-1)!.push(undefined);
    else stretches.push([]);
  }
  const [first = [], ...others] = stretches;
  const last = others.pop();
  const least = stretches.reduce((sum, { length }) => sum + length, 0);
  return (term) => {
    // There are no more characters than units.
    if (term.length < least) return false;
    const characters = Array.from(term);
    if (characters.length < least || !standsAt(first, characters, 0)) return false;
    if (!last) return characters.length === first.length;
    const end = characters.length - last.length;
    let at = first.length;
    for (const stretch of others) {
      at = placeOf(stretch, characters, at);
      if (at < 0) return false;
      at += stretch.length;
    }
    return at <= end && standsAt(last, characters, end);
  };
}

/** The longest text that every term of the shape has in it; empty where there is none. */
export function longestText(pieces: readonly PatternPiece[]): string {
  return pieces.reduce(
    (longest, piece) => ('text' in piece && piece.text.length > longest.length ? piece.text : longest),
    '',
  );
}

function standsAt(stretch: Stretch, characters: readonly string[], at: number): boolean {
  return stretch.every((one, place) => one === undefined || one === characters[at + place]);
}

function placeOf(stretch: Stretch, characters: readonly string[], from: number): number {
  for (let at = from; at + stretch.length <= characters.length; at++)
    if (standsAt(stretch, characters, at)) return at;
  return -1;
}
