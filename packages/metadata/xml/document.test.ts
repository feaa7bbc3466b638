import { expect, it } from 'vitest';
import { withXml } from './document.ts';

const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

it.each([
  ['billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`, 'DOCTYPE, which is not allowed'],
  ['a file of the machine', `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><a>&f;</a>`, 'DOCTYPE'],
  [
    'a DOCTYPE behind a comment',
    `<?p?><!-- <!x> --><!DOCTYPE a SYSTEM "http://inside.test/a.dtd"><a/>`,
    'DOCTYPE',
  ],
  ['an entity that nobody declares', '<a>&nothing;</a>', "Entity 'nothing' not defined"],
  ['a document that breaks off', '<a>\n<b>', 'line 2, column 4 (<string>, line 2)'],
  ['a page of HTML', '<html><br><p>Sorry</html>', 'Opening and ending tag mismatch'],
  ['no XML at all', '{"a": 1}', "Start tag expected, '<' not found"],
  ['an abyss', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'Excessive depth in document: 256'],
  ['an ocean', `<a>${'x'.repeat(10 * 2 ** 20)}</a>`, 'longer than'],
])('%s is refused with the reason', (_, text, reason) => {
  expect(() => withXml(text, () => undefined)).toThrow(reason);
});

it('takes a document whose text only speaks of a DOCTYPE, and whose declaration lies about its encoding', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?>\n<a b="é">&lt;!DOCTYPE a></a>';
  expect(withXml(text, ({ root }) => [root.content, root.attr('b')?.value])).toEqual(['<!DOCTYPE a>', 'é']);
});
