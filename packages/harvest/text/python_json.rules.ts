/** JSON as Python's `json.dumps` writes it: keys in their order, blanks after `,` and `:`, ASCII only. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${asciiText(key)}: ${pythonJson(member)}`).join(', ')}}`;
  }
  return typeof value === 'string' ? asciiText(value) : (JSON.stringify(value) ?? 'null');
}

const asciiText = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
