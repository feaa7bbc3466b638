/** How Python names the type of a decoded JSON value; messages that clients know carry it. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'dict';
}

/** What Python goes through: the items of a list, the keys of an object, the characters of a text; else nothing. */
export function pythonItems(value: unknown): unknown[] {
  if (typeof value === 'string') return [...value];
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** JSON as Python's `json.dumps(sort_keys=True)` writes it: blanks after `,` and `:`, ASCII only. */
export function pythonJson(value: unknown): string {
  if (hasOwnForm(value)) return pythonJson(value.toJSON());
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${asciiText(key)}: ${pythonJson((value as Record<string, unknown>)[key])}`).join(', ')}}`;
  }
  return typeof value === 'string' ? asciiText(value) : (JSON.stringify(value) ?? 'null');
}

/** An object that says by itself what it is in JSON, such as a file. */
const hasOwnForm = (value: unknown): value is { toJSON(): unknown } =>
  typeof (value as { toJSON?: unknown } | null)?.toJSON === 'function';

const asciiText = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
