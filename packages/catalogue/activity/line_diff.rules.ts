/** A run of lines that both texts have: `length` lines from `a` and from `b` on. */
interface Block {
  a: number;
  b: number;
  length: number;
}

/** What becomes of lines `a0` to `a1` of the old text: lines `b0` to `b1` of the new one, ends not included. */
export interface Edit {
  kind: 'equal' | 'replace' | 'delete' | 'insert';
  a0: number;
  a1: number;
  b0: number;
  b1: number;
}

/** From so many lines on, a line that is everywhere says nothing about where two texts agree. */
const longText = 200;

/**
 * The edits between two texts, found by the longest run of common lines, then the same before and behind it
 * (Ratcliff and Obershelp). Frequent lines of long texts do not begin a run, as in Python's difflib, whose
 * output clients compare.
 */
export function lineEdits(a: string[], b: string[]): Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  for (const block of [...commonBlocks(a, b), { a: a.length, b: b.length, length: 0 }]) {
    const [removed, added] = [block.a > i, block.b > j];
    if (removed || added) {
      const kind = removed && added ? 'replace' : removed ? 'delete' : 'insert';
      edits.push({ kind, a0: i, a1: block.a, b0: j, b1: block.b });
    }
    [i, j] = [block.a + block.length, block.b + block.length];
    if (block.length > 0) edits.push({ kind: 'equal', a0: block.a, a1: i, b0: block.b, b1: j });
  }
  return edits;
}

function commonBlocks(a: string[], b: string[]): Block[] {
  const positions = positionsOf(b);
  const found: Block[] = [];
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [a0, a1, b0, b1] = range;
    const block = longest(a, b, positions, range);
    if (block.length === 0) continue;
    found.push(block);
    open.push([a0, block.a, b0, block.b], [block.a + block.length, a1, block.b + block.length, b1]);
  }
  return joined(found.filter(({ length }) => length > 0).sort((x, y) => x.a - y.a || x.b - y.b));
}

function positionsOf(b: string[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [i, line] of b.entries()) {
    const list = positions.get(line);
    if (list) list.push(i);
    else positions.set(line, [i]);
  }
  if (b.length < longText) return positions;
  const most = Math.floor(b.length / 100) + 1;
  for (const [line, list] of positions) if (list.length > most) positions.delete(line);
  return positions;
}

function longest(
  a: string[],
  b: string[],
  positions: Map<string, number[]>,
  [a0, a1, b0, b1]: [number, number, number, number],
): Block {
  let best: Block = { a: a0, b: b0, length: 0 };
  let lengths = new Map<number, number>();
  for (let i = a0; i < a1; i++) {
    const next = new Map<number, number>();
    for (const j of positions.get(a[i]!) ?? []) {
      if (j < b0 || j >= b1) continue;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.length) best = { a: i - length + 1, b: j - length + 1, length };
    }
    lengths = next;
  }
  // Frequent lines beside the run belong to it all the same.
  let { a: i, b: j, length } = best;
  while (i > a0 && j > b0 && a[i - 1] === b[j - 1]) [i, j, length] = [i - 1, j - 1, length + 1];
  while (i + length < a1 && j + length < b1 && a[i + length] === b[j + length]) length++;
  return { a: i, b: j, length };
}

function joined(blocks: Block[]): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last && last.a + last.length === block.a && last.b + last.length === block.b)
      last.length += block.length;
    else result.push({ ...block });
  }
  return result;
}
