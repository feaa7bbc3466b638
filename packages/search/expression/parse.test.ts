import fc from 'fast-check';
import { expect, it } from 'vitest';
import { QuerySyntaxError } from '../parser/syntax_error.ts';
import { parseExpression } from './parse.ts';
import { writeExpression } from './write.ts';

const written = (source: string) => writeExpression(parseExpression(source));

it.each([
  ['flo+d', 'fl(o)+d'],
  ['a|b?', '(a)|((b)?)'],
  ['[^a-c\\d]', '[^a-c0-9]'],
  ['[a-z]{2,}', '([a-z]){2,}'],
  ['"a*"b', 'a\\*b'],
  ['@', '(.)*'],
  ['a|#', 'a'],
  ['a#', '#'],
  ['#*', '()'],
  ['^a$', '\\^a\\$'],
  ['|a', '\\|a'],
  ['@&~(a)', '((.)*)&(~(a))'],
  ['~~a', '~(~(a))'],
  ['[^\\D]', '[^\u0001-\\/\\:-\u{10ffff}]'],
  ['a{300}', '(a){300}'],
  ['(ab){300,}', '(ab){300,}'],
  ['x(a&b)~(c)', 'x((a)&(b))~(c)'],
  ['(~a)*', '(~(a))*'],
  ['a{0}', '(a){0}'],
])('%s is understood as %s', (source, expected) => {
  expect(written(source)).toBe(expected);
});

// All of them in the words of CKAN's Solr, which has a 500 of its own for them.
it.each([
  ['[a-', 'unexpected end-of-string'],
  ['<foo>', `'foo' not found`],
  ['[z-a]', 'invalid range: from (122) cannot be > to (97)'],
  ['(a', `expected ')' at position 2`],
  ['a)', 'end-of-string expected at position 1'],
  ['a{2,1}', 'invalid repetition range(out of order): 2..1'],
  ['a{', 'integer expected at position 2'],
  ['a|', 'unexpected end-of-string'],
  ['[]', `expected ']' at position 2`],
  ['<1-', `expected '>' at position 3`],
  ['"a', `expected '"' at position 2`],
  ['<a-b>', 'interval syntax error'],
  ['\\q', 'invalid character class \\q'],
  ['x{1,2', `expected '}' at position 5`],
])('%s is refused: %s', (source, problem) => {
  expect(() => parseExpression(source)).toThrow(problem);
});

it('knows numbers between two, with as many digits or with any zeros before', () => {
  const number = fc.oneof(fc.nat(2000), fc.nat(2 ** 31 - 1));
  fc.assert(
    fc.property(number, number, number, fc.constantFrom('', '0', '00'), (one, other, asked, zeros) => {
      const [least, most] = [Math.min(one, other), Math.max(one, other)];
      const [from, to] = [String(one), String(other)];
      const candidate = zeros + String(asked);
      const inside = asked >= least && asked <= most;
      const fits = from.length !== to.length || candidate.length === from.length;
      const expression = new RegExp(`^(?:${written(`<${from}-${to}>`)})$`);
      expect(expression.test(candidate)).toBe(inside && fits);
    }),
  );
});

it('is not much longer for many digits', () => {
  expect(written('<12345678-2109876543>').length).toBeLessThan(1000);
});

it('any text is read or refused, and what is written is read as the same', () => {
  const sign = fc.constantFrom(...'ab01[]()|&~#@"<>-^{},*+?.\\dwq'.split(''));
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 14 }), (signs) => {
      let once: string;
      try {
        once = written(signs.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(QuerySyntaxError);
        return;
      }
      expect(() => parseExpression(once)).not.toThrow();
    }),
  );
});
