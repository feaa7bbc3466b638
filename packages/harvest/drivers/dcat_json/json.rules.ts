/** What data.json files write where a text, a list or an object is due. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
