import { expect, it } from 'vitest';
import { createLife } from './life.ts';

it('tells since when a queue has not answered, though it could have been asked', () => {
  let now = 0;
  const life = createLife(2, () => now);
  now = 50;
  expect(life.silence()).toBe(50);
  life.heard();
  expect(life.silence()).toBe(0);
  life.began();
  now = 60;
  expect(life.silence()).toBe(10);
  life.began();
  now = 10_000;
  expect(life.silence()).toBe(0);
  // With a slot free it asks again, and has been silent from now on.
  life.ended();
  expect(life.silence()).toBe(0);
  now = 10_005;
  expect(life.silence()).toBe(5);
});
