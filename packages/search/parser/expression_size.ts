/**
 * How many characters and classes an expression has when its counted repetitions are written out, as an automaton
 * has to write them: `(ab{3}){2}` has eight. At least; Infinity where it is beyond counting.
 */
export function expressionSize(source: string): number {
  const groups = [0];
  let last = 0;
  const add = (size: number) => {
    groups[groups.length - 1]! += size;
    last = size;
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    const counted = character === '{' ? /^\{(\d*)(?:,(\d*))?\}/.exec(source.slice(at, at + 24)) : null;
    if (counted) {
      const times = Math.max(Number(counted[1] || 0), Number(counted[2] || 0), 1);
      const more = last * (times - 1);
      groups[groups.length - 1]! += more;
      last += more;
      at += counted[0].length - 1;
    } else if (character === '(') groups.push(0);
    else if (character === ')' && groups.length > 1) add(groups.pop()!);
    else if (character === '[') {
      const end = source.indexOf(']', at + 2);
      if (end > 0) at = end;
      add(1);
    } else if (!'*+?|'.includes(character)) {
      if (character === '\\') at++;
      add(1);
    }
  }
  return groups.reduce((sum, size) => sum + size, 0);
}
