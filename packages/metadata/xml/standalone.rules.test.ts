import { XmlElement } from 'libxml2-wasm';
import { expect, it } from 'vitest';
import { canonicalText } from './canonical.ts';
import { withXml } from './document.ts';
import { standaloneText } from './standalone.rules.ts';

const gmd = 'xmlns:gmd="http://gmd.test"';
const gco = 'xmlns:gco="http://gco.test"';

/** The first element called `record`, cut out of a document. */
const cut = (text: string): string =>
  withXml(text, (document) => {
    const [record] = document.find(`//*[local-name() = 'record']`);
    if (!(record instanceof XmlElement)) throw new Error('there is no record');
    return standaloneText(canonicalText(record));
  });

const body = `<gco:text a="&lt;b c=&quot;d&quot;>"><?p <gco:x xmlns:q="http://q.test">?> é &amp; </gco:text>`;

it.each([
  ['declares all itself', `<a><gmd:record ${gmd} ${gco}>${body}</gmd:record></a>`],
  ['leaves all to its envelope', `<a ${gmd} ${gco}><b><gmd:record>${body}</gmd:record></b></a>`],
  [
    'declares where it needs',
    `<a ${gmd}><gmd:record>${body.replace('<gco:text', `<gco:text ${gco}`)}</gmd:record></a>`,
  ],
  [
    'is in an envelope with more',
    `<c:a xmlns:c="http://c.test" xmlns:d="http://d.test" ${gmd} ${gco}><gmd:record>${body}</gmd:record></c:a>`,
  ],
  [
    'is in an envelope without a prefix',
    `<a xmlns="http://a.test"><gmd:record ${gco} ${gmd}>${body}</gmd:record></a>`,
  ],
])('is the same for a record that %s', (_, text) => {
  expect(cut(text)).toBe(`<gmd:record ${gco} ${gmd}>${body}</gmd:record>`);
});

it.each([
  [
    'a prefix that a value uses',
    `<r xmlns:x="http://x.test" xmlns:t="http://t.test"><record x:type="t:Code"></record></r>`,
  ],
  [
    'a prefix of two meanings',
    `<r><record><p:a xmlns:p="http://one.test"></p:a><p:a xmlns:p="http://two.test"></p:a></record></r>`,
  ],
  [
    'elements without a prefix',
    `<r xmlns="http://r.test"><record><b xmlns="http://b.test"></b></record></r>`,
  ],
])('keeps what is meant: %s', (_, text) => {
  const names = (xml: string) =>
    withXml(xml, (document) =>
      document
        .find('//*[local-name() = "record"]/descendant-or-self::*')
        .map((element) => `${(element as XmlElement).namespaceUri} ${element.content}`),
    );
  expect(names(cut(text))).toEqual(names(text));
  if (text.includes('t:Code')) expect(cut(text)).toContain('xmlns:t="http://t.test"');
});
