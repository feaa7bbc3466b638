import type { Params } from '@portolan/catalogue';

/** Fields of a form or a query string, in order. */
export type Field = [name: string, value: string];

/** `application/x-www-form-urlencoded`: broken UTF-8 becomes the replacement character, blank values stay. */
export function parseFields(encoded: string): Field[] {
  const fields: Field[] = [];
  for (const part of encoded.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    fields.push(at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]);
  }
  return fields;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Not UTF-8, or a lone percent sign: byte by byte, what is none stays as it is.
    const bytes = Buffer.from(spaced, 'utf8')
      .toString('latin1')
      .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
}

/** A field given once is a text, given more often a list of texts. */
export function fieldParams(fields: Field[]): Params {
  // No prototype, so that a field `__proto__` is a field.
  const params: Params = Object.create(null);
  for (const [name, value] of fields) {
    const before = params[name];
    if (before === undefined) params[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else params[name] = [before, value];
  }
  return params;
}
