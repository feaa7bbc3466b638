import { expect, it } from 'vitest';
import { Generations } from './generations.ts';

it('what is asked for again and again is made once, what is not asked for is forgotten', () => {
  const made: string[] = [];
  const make = (key: string) => {
    made.push(key);
    return key.toUpperCase();
  };
  const remembered = new Generations<string, string>(3);
  for (let round = 0; round < 10; round++) {
    expect(remembered.of('often', make)).toBe('OFTEN');
    for (const some of ['a', 'b']) remembered.of(`${some} ${round}`, make);
  }
  expect(made.filter((key) => key === 'often')).toHaveLength(1);
  remembered.of('a 0', make);
  expect(made.filter((key) => key === 'a 0')).toHaveLength(2);
});
