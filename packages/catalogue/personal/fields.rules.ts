import { asciiJson } from '../index/ascii_json.ts';

/** Fields that name people, under their own names and as the index calls extras. Source: ckanext-datagovuk, PII list. */
const name = '(?:(?:res_)?extras_)?(?:author|maintainer)(?:_email)?';
const isPersonal = (key: unknown): boolean => typeof key === 'string' && wholeName.test(key);
const wholeName = new RegExp(`^${name}$`);

/** Fields that hold a dataset as JSON text. */
const copies = new Set(['data_dict', 'validated_data_dict']);

/**
 * A value without the fields that name people, at any depth: of datasets, resources and what stands around them,
 * entries of lists of extras, and datasets that are inside as text.
 */
export function withoutPersonalData(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isPersonalExtra(item)).map(withoutPersonalData);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const kept = Object.entries(value).filter(([key]) => !isPersonal(key));
  return Object.fromEntries(
    kept.map(([key, member]) => [
      key,
      typeof member === 'string' && copies.has(key) ? copyWithout(member) : withoutPersonalData(member),
    ]),
  );
}

function copyWithout(text: string): string {
  try {
    return withoutPersonalText(text);
  } catch (error) {
    // An extra that only has the name of a copy.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

const isPersonalExtra = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'key' in item && isPersonal(item.key);

// An opening quote is never escaped, and a name behind a closing one is no JSON.
const key = `(?<!\\\\)"${name}"\\s*:`;
const scalar = String.raw`(?:"[^"\\]*(?:\\.[^"\\]*)*"|null|true|false|-?[\d.eE+-]+)`;
const field = cutting(`${key}\\s*${scalar}`, '}');
const extra = cutting(`\\{\\s*"key"\\s*:\\s*"${name}"\\s*,\\s*"value"\\s*:\\s*${scalar}\\s*\\}`, ']');
const left = new RegExp(`${key}|(?<!\\\\)"key"\\s*:\\s*"${name}"|_dict"\\s*:\\s*"`);

/** An item with the comma that parts it from the next or, where it is the last, from the one before. */
function cutting(item: string, closing: string): RegExp {
  const last = `(?=\\s*\\${closing})`;
  return new RegExp(`(?:\\s*,\\s*${item})+${last}|${item}\\s*,\\s*|${item}${last}`, 'g');
}

/**
 * The same for JSON text. What a stored dataset looks like is cut out of the text, five times as fast as the text is
 * read and printed; that is done with any other.
 */
export function withoutPersonalText(text: string): string {
  const cut = text.replace(field, '').replace(extra, '');
  return left.test(cut) ? asciiJson(withoutPersonalData(JSON.parse(text))) : cut;
}
