import { XmlElement } from 'libxml2-wasm';
import { expect, it } from 'vitest';
import { canonicalText } from './canonical.ts';
import { withXml } from './document.ts';

it.each([
  ['namespaces of its ancestors', '<r xmlns="http://r.test" xmlns:p="http://p.test"><p:x a="1"/></r>'],
  ['comments, instructions and CDATA', '<r><x><!-- c --><?p i?><![CDATA[<&]]> é </x><x/></r>'],
  ['attributes out of order', '<r xml:lang="en"><x b="2" a="1" xmlns:z="http://z.test" z:c="3"><y/></x></r>'],
])('writes an element as the library does: %s', (_, text) => {
  withXml(text, ({ root }) => {
    const element = root.firstChild as XmlElement;
    expect(element).toBeInstanceOf(XmlElement);
    expect(canonicalText(element)).toBe(element.canonicalizeToString());
    expect(canonicalText(element)).toContain('x');
  });
});
