import { invalidMessage } from '@portolan/kernel';
import { Upload } from '../action/upload.ts';

/** A NUL, or half of a surrogate pair, escaped in JSON: not behind an odd number of other backslashes. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** PostgreSQL has no place for a NUL nor for text that is not Unicode, not even inside the JSON of extras. */
export function assertStorable(value: unknown): void {
  const text = JSON.stringify(value, (_key, part) => (part instanceof Upload ? undefined : part));
  if (unstorable.test(text)) throw invalidMessage('The request holds text that cannot be stored');
}
