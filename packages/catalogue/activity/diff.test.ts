import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextDiff, htmlDiff, unifiedDiff } from './diff_text.rules.ts';
import { lineEdits } from './line_diff.rules.ts';
import { prettyLines } from './pretty_json.ts';

const before = 'a b c d e f g h i j k l m n'.split(' ');
const after = 'a b c D e f g h i j k m n o'.split(' ');

describe('lineEdits', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 });

  it('cover both texts and turn the one into the other', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const edits = lineEdits(a, b);
        expect(edits.flatMap(({ a0, a1 }) => a.slice(a0, a1))).toEqual(a);
        expect(edits.flatMap(({ b0, b1 }) => b.slice(b0, b1))).toEqual(b);
        for (const { kind, a0, a1, b0, b1 } of edits) {
          expect(kind === 'equal').toBe(
            a1 - a0 === b1 - b0 && a.slice(a0, a1).join() === b.slice(b0, b1).join(),
          );
        }
      }),
    );
  });

  it('say of equal texts that they are equal', () => {
    fc.assert(
      fc.property(lines, (a) => {
        expect(lineEdits(a, a).every(({ kind }) => kind === 'equal')).toBe(true);
        expect(unifiedDiff(a, a)).toBe('');
      }),
    );
  });

  it('do not begin at lines that are everywhere in a long text', () => {
    const filler = Array.from({ length: 300 }, (_, i) => (i % 2 ? '}' : `line ${i}`));
    const edits = lineEdits(['}', ...filler], filler);
    expect(edits).toEqual([
      { kind: 'delete', a0: 0, a1: 1, b0: 0, b1: 0 },
      { kind: 'equal', a0: 1, a1: 301, b0: 0, b1: 300 },
    ]);
  });
});

describe('the forms of a difference', () => {
  it('unified', () => {
    expect(unifiedDiff(before, after)).toBe(
      [
        '--- \n',
        '+++ \n',
        '@@ -1,7 +1,7 @@\n',
        ...[' a', ' b', ' c', '-d', '+D', ' e', ' f', ' g'],
        '@@ -9,6 +9,6 @@\n',
        ...[' i', ' j', ' k', '-l', ' m', ' n', '+o'],
      ].join('\n'),
    );
  });

  it('unified, of changes that are far from each other', () => {
    const many = Array.from({ length: 20 }, (_, i) => `l${i}`);
    expect(unifiedDiff(many, ['new', ...many.slice(0, -1)])).toBe(
      [
        '--- \n',
        '+++ \n',
        '@@ -1,3 +1,4 @@\n',
        ...['+new', ' l0', ' l1', ' l2'],
        '@@ -17,4 +18,3 @@\n',
        ...[' l16', ' l17', ' l18', '-l19'],
      ].join('\n'),
    );
  });

  it('context', () => {
    expect(contextDiff(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toBe(
      [
        '*** \n',
        '--- \n',
        '***************\n',
        '*** 1,3 ****\n',
        ...['  a', '! b', '  c'],
        '--- 1,4 ----\n',
        ...['  a', '! x', '  c', '+ d'],
      ].join('\n'),
    );
  });

  it('HTML, with nothing of the texts taken for markup', () => {
    const html = htmlDiff(['<script>'], ['<b> & "c"']);
    expect(html).toContain('<span class="diff_chg">&lt;script&gt;</span>');
    expect(html).toContain('&lt;b&gt; &amp; &quot;c&quot;');
  });
});

describe('prettyLines', () => {
  it('indents by two and sorts keys', () => {
    expect(prettyLines({ b: [1, { c: [] }], a: 'é', d: {} })).toEqual([
      '{',
      '  "a": "\\u00e9",',
      '  "b": [',
      '    1,',
      '    {',
      '      "c": []',
      '    }',
      '  ],',
      '  "d": {}',
      '}',
    ]);
  });

  it('writes JSON that says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(prettyLines(value).join('\n'))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
