/** A value as Python's `repr` prints it, which is how error dicts get into messages. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, member]) => `${quoted(key)}: ${pythonText(member)}`)
      .join(', ')}}`;
  return String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** A value as Python's `str` prints it: a text as it is, the rest as above. */
export const pythonWords = (value: unknown): string =>
  typeof value === 'string' ? value : pythonText(value);

/** Letters whose title form is neither their upper nor their lower one. */
const digraphs: Record<string, string> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

/** Python's `str.title`: of each run of letters that have a case, the first upper and the others lower. */
export const pythonTitle = (text: string): string =>
  text.replace(/\p{Cased}+/gu, (letters) => {
    const [first = '', ...others] = letters;
    const [upper = '', ...rest] = first.toUpperCase();
    return (digraphs[upper] ?? upper) + [...rest, ...others].join('').toLowerCase();
  });
