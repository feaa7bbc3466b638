import { expect, it } from 'vitest';
import { withXml } from './document.ts';
import { compileScan, compileXPath, evaluate, findNodes } from './xpath.ts';

const names = { a: 'http://a.test', b: 'http://b.test' };
const text = '<a:r xmlns:a="http://a.test"><a:x at="">1</a:x><a:y/></a:r>';

it('tells of many expressions at once which lead anywhere', () => {
  const scan = compileScan(
    ['a:x', 'a:z', 'a:y/text()', 'a:x/@at', 'b:x', 'count(a:*) = 2', 'count(*) > 2'],
    names,
  );
  expect(withXml(text, ({ root }) => scan(root))).toEqual([true, false, false, true, false, true, false]);
  expect(withXml(text, ({ root }) => compileScan([], names)(root))).toEqual([]);
});

it('evaluates at the nodes of one document after the other', () => {
  const path = compileXPath('a:x', names);
  const count = compileXPath('count(//a:*)', { a: 'http://a.test' });
  const other = '<a:r xmlns:a="http://a.test"><a:x/><a:x/></a:r>';
  withXml(text, ({ root: first }) => {
    expect(findNodes(first, path).map(({ content }) => content)).toEqual(['1']);
    withXml(other, ({ root: second }) => {
      expect([evaluate(second, count), evaluate(first, count)]).toEqual([3, 3]);
      expect(findNodes(second, path)).toHaveLength(2);
    });
    expect(findNodes(first, path)).toHaveLength(1);
  });
});

it('gives texts, numbers and truth values as they are', () => {
  const values = ['string(a:x)', 'count(a:z)', 'a:y = 1'];
  withXml(text, ({ root }) => {
    expect(values.map((value) => evaluate(root, compileXPath(value, names)))).toEqual(['1', 0, false]);
    expect(() => findNodes(root, compileXPath('count(a:z)', names))).toThrow('is no path');
  });
});

it('says what it does not know the namespace of', () => {
  withXml(text, ({ root }) => {
    expect(() => evaluate(root, compileXPath('c:x', names))).toThrow('c:x cannot be evaluated');
    expect(evaluate(root, compileXPath('count(a:x)', names))).toBe(1);
  });
});
