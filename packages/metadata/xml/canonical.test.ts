import fc from 'fast-check';
import { XmlElement } from 'libxml2-wasm';
import { expect, it } from 'vitest';
import { canonicalText } from './canonical.ts';
import { withXml } from './document.ts';

/** Holds every element of a document against what the library makes of it. @returns how many there were */
function compareAll(text: string): number {
  return withXml(text, (document) => {
    const elements = document.find('//*').filter((node) => node instanceof XmlElement);
    for (const element of elements) expect(canonicalText(element)).toBe(element.canonicalizeToString());
    return elements.length;
  });
}

it.each([
  ['namespaces of its ancestors', '<r xmlns="http://r.test" xmlns:p="http://p.test"><p:x a="1"/></r>'],
  ['comments, instructions and CDATA', '<r><x><!-- c --><?p i?><![CDATA[<&]]> é </x><x/></r>'],
  ['attributes out of order', '<r xml:lang="en"><x b="2" a="1" xmlns:z="http://z.test" z:c="3"><y/></x></r>'],
  [
    'a default namespace taken back',
    '<r xmlns="http://r.test"><x xmlns=""><y/><p:z xmlns:p="http://p.test"/></x></r>',
  ],
  ['languages in languages', '<r xml:lang="en" xml:space="preserve"><x xml:lang="cy"><y/></x></r>'],
  [
    'values that are escaped',
    '<r xmlns:p="http://p.test/?a=b&amp;c"><x a="&#10;&#9;&#13;&lt;&quot;">&#13;&gt;\n</x></r>',
  ],
  ['an instruction before and behind', '<?a b?><r><x/></r><!-- c --><?d e?>'],
])('writes an element as the library does: %s', (_, text) => {
  expect(compareAll(text)).toBeGreaterThan(1);
});

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .record({
      prefix: fc.constantFrom('', 'a:', 'b:'),
      declared: fc.subarray(
        ['xmlns="http://d.test"', 'xmlns=""', 'xmlns:a="http://a.test"', 'xmlns:b="http://a.test"'],
        {
          maxLength: 2,
        },
      ),
      attributes: fc.subarray(['xml:lang="en"', 'xml:lang="cy"', 'a:x="&amp;"', 'b="é"']),
      inside: fc.array(
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(' ', 'text', '&lt;&amp;', '<?p i?>', '<!-- c -->'),
          tie('tree'),
        ),
        { maxLength: 3 },
      ),
    })
    .map(
      ({ prefix, declared, attributes, inside }) =>
        `<${prefix}e ${[...byName(declared), ...byName(attributes)].join(' ')}>${inside.join('')}</${prefix}e>`,
    ),
}));

/** One of each name. */
const byName = (attributes: string[]) => new Map(attributes.map((one) => [one.split('=')[0], one])).values();

it('writes each element of any document as the library does', () => {
  fc.assert(
    fc.property(tree, (inner) => {
      compareAll(`<r xmlns:a="http://a.test" xmlns:b="http://b.test">${inner}</r>`);
    }),
  );
});
