import { expect, it } from 'vitest';
import { errorSet } from './error_set.rules.ts';

const errors = (...messages: string[]) => errorSet(messages.map((message) => ({ message })));

it('is the same for the same errors of another job', () => {
  const of = (id: string, at: string) =>
    errors(`Job ${id} timeout (3 minutes)\n\tJob created: ${at}`, `Too many retries for object ${id}`, 'b');
  expect(of('0b1c2d3e-0000-4000-8000-000000000001', '2026-05-06 07:08:09.123456')).toEqual(
    of('ffffffff-0000-4000-8000-00000000000a', '2026-05-07 00:00:00'),
  );
});

it('is the same in another order and number', () => {
  expect(errors('a', 'b', 'a')).toEqual(errors('b', 'a'));
});

it('differs where an error does', () => {
  expect(errors('3 of 9 held back')).not.toEqual(errors('4 of 9 held back'));
});
