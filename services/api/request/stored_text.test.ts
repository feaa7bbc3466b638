import { describe, expect, it } from 'vitest';
import { checkStorable } from './stored_text.ts';

describe('text for the database', () => {
  it.each([
    [{ notes: 'a\0b' }, 'notes'],
    [{ title: '\ud800' }, 'title'],
    [{ extras: [{ key: 'k', value: 'x\udc00y' }] }, 'extras'],
    [{ resources: [{ 'a\0': 1 }] }, 'resources'],
  ])('%j is refused by the name of its field', (params, field) => {
    expect(() => checkStorable(params)).toThrow(
      expect.objectContaining({
        code: 'validation',
        fields: { [field]: ['Text with characters that cannot be stored'] },
      }),
    );
  });

  it('may hold every other character', () => {
    expect(() =>
      checkStorable({ notes: '😀 \u0001 é', n: 1, b: null, list: ['x', { y: true }] }),
    ).not.toThrow();
  });
});
