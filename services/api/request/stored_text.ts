import type { Params } from '@portolan/catalogue';
import { invalid } from '@portolan/kernel';

/**
 * Refuses text that no database column can hold, a NUL or half of a surrogate pair, and names the field. What is
 * only read needs no check: such a text is equal to nothing.
 */
export function checkStorable(params: Params): void {
  for (const [name, value] of Object.entries(params))
    if (!isStorable(name) || !isStorable(value))
      throw invalid({
        [name.toWellFormed().replaceAll('\0', '')]: ['Text with characters that cannot be stored'],
      });
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
  return true;
}
