import { type Edit, lineEdits } from './line_diff.rules.ts';

/** Lines that are shown around a change. */
const context = 3;

/** Changes with their surroundings, those that lie close together in one group. */
function groups(edits: Edit[]): Edit[][] {
  if (edits.every((edit) => edit.kind === 'equal')) return [];
  const result: Edit[][] = [];
  let current: Edit[] = [];
  for (const [i, edit] of edits.entries()) {
    if (edit.kind !== 'equal') {
      current.push(edit);
      continue;
    }
    const { a0, a1, b0, b1 } = edit;
    const head = { ...edit, a1: Math.min(a1, a0 + context), b1: Math.min(b1, b0 + context) };
    const tail = { ...edit, a0: Math.max(a0, a1 - context), b0: Math.max(b0, b1 - context) };
    const [first, last] = [i === 0, i === edits.length - 1];
    if (first) current.push(tail);
    else if (last) current.push(head);
    else if (a1 - a0 > 2 * context) {
      result.push([...current, head]);
      current = [tail];
    } else current.push(edit);
  }
  if (current.length > 0) result.push(current);
  return result;
}

/** The unified form of a difference, with the empty lines that CKAN's way of joining it leaves. */
export function unifiedDiff(a: string[], b: string[]): string {
  const lines: string[] = [];
  for (const group of groups(lineEdits(a, b))) {
    if (lines.length === 0) lines.push('--- \n', '+++ \n');
    const [first, last] = [group[0]!, group.at(-1)!];
    lines.push(`@@ -${unifiedRange(first.a0, last.a1)} +${unifiedRange(first.b0, last.b1)} @@\n`);
    for (const { kind, a0, a1, b0, b1 } of group)
      if (kind === 'equal') lines.push(...a.slice(a0, a1).map((line) => ` ${line}`));
      else
        lines.push(
          ...a.slice(a0, a1).map((line) => `-${line}`),
          ...b.slice(b0, b1).map((line) => `+${line}`),
        );
  }
  return lines.join('\n');
}

/** The context form, likewise. */
export function contextDiff(a: string[], b: string[]): string {
  const lines: string[] = [];
  for (const group of groups(lineEdits(a, b))) {
    if (lines.length === 0) lines.push('*** \n', '--- \n');
    const [first, last] = [group[0]!, group.at(-1)!];
    lines.push('***************\n', `*** ${contextRange(first.a0, last.a1)} ****\n`);
    lines.push(...side(group, 'delete', '- ', ({ a0, a1 }) => a.slice(a0, a1)));
    lines.push(`--- ${contextRange(first.b0, last.b1)} ----\n`);
    lines.push(...side(group, 'insert', '+ ', ({ b0, b1 }) => b.slice(b0, b1)));
  }
  return lines.join('\n');
}

/** One side of a context group; nothing when nothing changed on it. */
function side(
  group: Edit[],
  own: 'delete' | 'insert',
  mark: string,
  linesOf: (edit: Edit) => string[],
): string[] {
  if (!group.some(({ kind }) => kind === own || kind === 'replace')) return [];
  const marks: Record<string, string> = { equal: '  ', replace: '! ', [own]: mark };
  return group.flatMap((edit) => {
    const prefix = marks[edit.kind];
    return prefix === undefined ? [] : linesOf(edit).map((line) => prefix + line);
  });
}

function unifiedRange(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

function contextRange(start: number, end: number): string {
  const length = end - start;
  const first = length === 0 ? start : start + 1;
  return length <= 1 ? String(first) : `${first},${first + length - 1}`;
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (char) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[char]};`);

/** A table of both texts side by side, changed lines marked. */
export function htmlDiff(a: string[], b: string[]): string {
  const rows = groups(lineEdits(a, b)).flatMap((group) =>
    group.flatMap(({ kind, a0, a1, b0, b1 }) => {
      const length = Math.max(a1 - a0, b1 - b0);
      return Array.from({ length }, (_, i) =>
        row(kind, a0 + i < a1 ? a[a0 + i] : undefined, b0 + i < b1 ? b[b0 + i] : undefined),
      );
    }),
  );
  return `<table class="diff"><tbody>${rows.join('')}</tbody></table>`;
}

const marksOf = { equal: undefined, replace: 'diff_chg', delete: 'diff_sub', insert: 'diff_add' } as const;

function row(kind: Edit['kind'], before: string | undefined, after: string | undefined): string {
  const mark = marksOf[kind];
  const cell = (text: string | undefined) => {
    const content = escaped(text ?? '');
    return `<td>${mark && text !== undefined ? `<span class="${mark}">${content}</span>` : content}</td>`;
  };
  return `<tr>${cell(before)}${cell(after)}</tr>`;
}
