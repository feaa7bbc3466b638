import { PortolanError } from '@portolan/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cursorText, kinds, parseCursor } from './cursor.rules.ts';

const stamp = '2031-05-06 07:08:09.123456';

it('reads every cursor as it was written', () => {
  const walk = fc.record({
    kind: fc.constantFrom(...kinds),
    id: fc.string().filter((id) => !id.includes('\0')),
  });
  const cursor = fc.record(
    { position: fc.maxSafeNat(), stamp: fc.constant(stamp), walk },
    { requiredKeys: ['position', 'stamp'] },
  );
  fc.assert(
    fc.property(cursor, (one) => {
      const text = cursorText(one);
      expect(text).toMatch(/^[\w-]+$/);
      expect(parseCursor(text)).toEqual(one);
    }),
  );
});

it('takes nothing else for a cursor, and says so', () => {
  const wrong = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    fc.constantFrom(undefined, null, 5, [], {}),
  );
  fc.assert(
    fc.property(wrong, (text) => {
      expect(() => parseCursor(text)).toThrow(PortolanError);
    }),
  );
});
