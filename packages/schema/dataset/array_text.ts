/** A list of texts, numbers, truth values and nulls, or of such lists. */
export function isPlainList(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null || isPlainList(one))
  );
}

/**
 * A list as PostgreSQL writes an array as text: that is what CKAN's database makes of a list where a text belongs,
 * and what the datasets it holds say.
 */
export function arrayText(list: unknown[]): string {
  return `{${list.map(elementText).join(',')}}`;
}

function elementText(value: unknown): string {
  if (Array.isArray(value)) return arrayText(value);
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  const text = String(value);
  const isBare = text !== '' && !/[ \t\n\r\v\f"\\{},]/.test(text) && text.toLowerCase() !== 'null';
  return isBare ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
