export interface IniEdit {
  /** The file's new content. */
  content: string;
  /** What was done, a line each. */
  done: string[];
}

/**
 * Sets options in a section of an ini file and leaves everything else, comments too, as it stands. An option that is
 * there, or commented out, is edited in its place; with `mustExist` others are refused.
 * @throws Error that names an option which is not there
 */
export function editIni(
  content: string,
  section: string,
  options: ReadonlyMap<string, string>,
  mustExist = false,
): IniEdit {
  const lines = content.split('\n');
  const start = lines.findIndex((line) => line.trim() === `[${section}]`);
  const done: string[] = [];
  if (start < 0) {
    if (mustExist) throw new Error(`Section ${section} not found`);
    if (lines.at(-1) === '') lines.pop();
    lines.push(`[${section}]`, '');
    done.push(`Created section [${section}]`);
  }
  const from = start < 0 ? lines.length - 1 : start + 1;
  for (const [key, value] of options) {
    const end = endOf(lines, from);
    const at = optionAt(lines, from, end, key);
    if (at) {
      lines.splice(at.line, at.length, `${key} = ${value}`);
      done.push(`Edited option ${key} = ${value}`);
    } else {
      if (mustExist) throw new Error(`Option ${key} not found`);
      lines.splice(from, 0, `${key} = ${value}`);
      done.push(`Created option ${key} = ${value}`);
    }
  }
  return { content: lines.join('\n'), done };
}

function endOf(lines: readonly string[], from: number): number {
  const next = lines.findIndex((line, index) => index >= from && /^\[.+\]\s*$/.test(line));
  return next < 0 ? lines.length : next;
}

/** Where an option stands, with its continuation lines; one that is in force before one that is commented out. */
function optionAt(lines: readonly string[], from: number, end: number, key: string) {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  for (const shape of [new RegExp(`^${escaped}\\s*[=:]`), new RegExp(`^[#;]\\s?${escaped}\\s*[=:]`)]) {
    const line = lines.findIndex((text, index) => index >= from && index < end && shape.test(text));
    if (line < 0) continue;
    let length = 1;
    while (line + length < end && /^\s+\S/.test(lines[line + length]!)) length++;
    return { line, length };
  }
  return undefined;
}
