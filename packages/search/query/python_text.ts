// CKAN's messages and its coercion of parameters show Python's way of writing values; clients compare them.

/** `repr` of a text: in single quotes, or in double quotes where it has single ones only. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(/['"\\\p{Cc}]/gu, (character) => escapedInside(quote, character)) + quote;
}

const named: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapedInside(quote: string, character: string): string {
  if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
  return named[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** `json.dumps` with sorted keys: blanks after commas and colons, other scripts as they are. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}: ${pythonJson(one)}`).join(', ')}}`;
}

/** `str` of a decoded JSON value. */
export function pythonStr(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonItem).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([name, one]) => `${pythonRepr(name)}: ${pythonItem(one)}`);
  return `{${entries.join(', ')}}`;
}

const pythonItem = (value: unknown): string =>
  typeof value === 'string' ? pythonRepr(value) : pythonStr(value);
