import { asciiJson } from '../index/ascii_json.ts';

/** Lines of a value's JSON as Python writes it, indented by two and with sorted keys. */
export function prettyLines(value: unknown, indent = ''): string[] {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return [
      '[',
      ...commaJoined(value.map((item) => placed(inner, '', prettyLines(item, inner)))),
      `${indent}]`,
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort();
    if (keys.length === 0) return ['{}'];
    const record = value as Record<string, unknown>;
    const members = keys.map((key) => placed(inner, `${asciiJson(key)}: `, prettyLines(record[key], inner)));
    return ['{', ...commaJoined(members), `${indent}}`];
  }
  return [asciiJson(value)];
}

/** The first line gets its indentation and key; the others have theirs. */
const placed = (indent: string, key: string, [first = '', ...rest]: string[]): string[] => [
  `${indent}${key}${first}`,
  ...rest,
];

const commaJoined = (items: string[][]): string[] =>
  items.flatMap((lines, i) => (i < items.length - 1 ? [...lines.slice(0, -1), `${lines.at(-1)},`] : lines));
