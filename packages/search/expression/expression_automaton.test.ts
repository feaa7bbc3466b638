import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExpressionAutomaton } from './expression_automaton.ts';
import { parseExpression } from './parse.ts';

const automatonOf = (source: string) => new ExpressionAutomaton(parseExpression(source));

it.each<[string, string[], string[]]>([
  ['', [''], ['a']],
  ['a.c', ['abc', 'a😀c', 'a\nc'], ['ac', 'abcd']],
  ['fl+o?d{2,3}', ['fldd', 'fllloddd'], ['fld', 'fldddd']],
  ['(ab|a)(bc)?', ['a', 'ab', 'abc', 'abbc'], ['abcb']],
  ['[^a-c]x', ['dx', '😀x'], ['ax', 'x']],
  ['.*a.{3}', ['abcd', 'aaaaa'], ['abc', 'bbbb']],
  ['~(.*a.{3})', ['abc', ''], ['abcd']],
  ['t.*&~(tide)', ['time', 't'], ['tide', 'x']],
  ['#', [], ['', 'a']],
  ['@', ['', 'abc'], []],
  ['(a|b?){3}', ['', 'ab', 'aba'], ['abab', 'c']],
  ['(a*)*b', ['b', 'aaab'], ['aaa']],
  ['((a{1,20}){1,20}){1,20}', ['a', 'a'.repeat(50)], ['', 'ab']],
  ['([a-z]{99}){100}', ['x'.repeat(9900)], ['x'.repeat(9899), 'x'.repeat(9901)]],
  ['(a?){4}a{4}', ['aaaa', 'aaaaaaaa'], ['aaa', 'aaaaaaaaa']],
])('%s describes what it should', (source, some, others) => {
  const automaton = automatonOf(source);
  for (const term of some) expect(automaton.matches(term)).toBe(true);
  for (const term of others) expect(automaton.matches(term)).toBe(false);
});

it('describes what expressions of JavaScript describe', () => {
  const { atom } = fc.letrec<{ atom: string; part: string }>((tie) => ({
    atom: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '.', '[ab]', '[^a]'),
      fc.tuple(tie('part'), tie('part')).map(([one, other]) => `(${one}|${other})`),
      fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => `(${parts.join('')})`),
    ),
    part: fc
      .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}'))
      .map((both) => both.join('')),
  }));
  fc.assert(
    fc.property(atom, fc.array(fc.stringMatching(/^[abc]{0,6}$/), { maxLength: 8 }), (source, terms) => {
      const automaton = automatonOf(source);
      const expected = new RegExp(`^(?:${source})$`, 's');
      for (const term of terms) expect(automaton.matches(term)).toBe(expected.test(term));
    }),
  );
});

it('is given up where it would have more states than Lucene allows', () => {
  const automaton = automatonOf('.*a.{200}b&.*c.{180}d');
  const terms = fc.sample(fc.stringMatching(/^[abcd]{200}$/), { numRuns: 400, seed: 1 });
  expect(() => terms.map((term) => automaton.matches(term))).toThrow(
    expect.objectContaining({ code: 'search' }),
  );
});
