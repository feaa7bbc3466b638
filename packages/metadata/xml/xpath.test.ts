import { expect, it } from 'vitest';
import { withXml } from './document.ts';
import { compileScan, compileXPath } from './xpath.ts';

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

it('knows the namespaces that an expression names, and no others', () => {
  const path = compileXPath('a:x', names);
  expect(path.namespaces).toEqual({ a: 'http://a.test' });
  expect(withXml(text, ({ root }) => root.find(path).length)).toBe(1);
});
