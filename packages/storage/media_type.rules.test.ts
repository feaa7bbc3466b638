import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessLinkMediaType, guessMediaType } from './media_type.rules.ts';

test.each([
  ['a.txt', 'text/plain'],
  ['a.csv', 'text/csv'],
  ['A.JSON', 'application/json'],
  ['a.geojson', 'application/json'],
  ['a.pdf', 'application/pdf'],
  ['a.png', 'image/png'],
  ['a.html', 'text/html'],
  ['a.zip', 'application/zip'],
  ['a.xml', 'application/xml'],
  ['a.rdf', 'application/rdf+xml'],
  ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a.xls', 'application/vnd.ms-excel'],
  ['a.svg', 'image/svg+xml'],
  ['a.js', 'text/javascript'],
  ['a.kml', 'application/vnd.google-earth.kml+xml'],
  ['a.ttl', 'text/turtle'],
  ['a.md', 'text/markdown'],
  ['a.jsonld', 'application/ld+json'],
  ['a.gpkg', 'application/geopackage+sqlite3'],
  ['a.tar.gz', 'application/x-tar'],
  ['a.tgz', 'application/x-tar'],
  ['a.svgz', 'image/svg+xml'],
  ['a.csv.gz', 'text/csv'],
  ['a.csv.bz2', 'text/csv'],
  ['a.csv.Z', 'text/csv'],
  ['a.csv.GZ', 'application/gzip'],
  ['data:text/csv,a', 'text/csv'],
  ['data:,a', 'text/plain'],
  ['2014-11-10-122405.340603my_image.jpeg', 'image/jpeg'],
])('%s is taken for %s', (name, expected) => {
  expect(guessMediaType(name)).toBe(expected);
});

test.each([
  'bad-spaces',
  '.txt',
  '.csv',
  'a.gz',
  'a.unknown',
  'trailing.',
  'a.b-c',
  'a.yaml',
  'a.parquet',
  'http://h/a.b/c',
  'a.constructor',
  'a.__proto__',
])('no type is guessed for %s', (name) => {
  expect(guessMediaType(name)).toBeUndefined();
});

test.each([
  ['http://example.org/x.txt', 'text/plain'],
  ['https://example.org/a b.xml', 'application/xml'],
  ['ftp://example.org/a.zip', 'application/zip'],
  ['http://example.org/é.txt', 'text/plain'],
  ['HTTP://EXAMPLE.ORG/A.JSON', 'application/json'],
  ['mailto:a@example.org', 'application/vnd.lotus-organizer'],
  ['http://h/?f=a.csv', 'text/csv'],
  ['a.csv', 'text/csv'],
  ['http://example.org', undefined],
  ['http://example.org/', undefined],
  ['http://example.org/a.json?x=1', undefined],
  ['http://example.org/page.html#part', undefined],
  ['http://example.org/no-extension', undefined],
  ['http://h?x=a.csv', undefined],
  ['http://h#/a.csv', undefined],
  ['javascript:alert(1)', undefined],
  ['', undefined],
])('the type of the link %s is %s', (url, expected) => {
  expect(guessLinkMediaType(url)).toBe(expected);
});

test('a guess is a media type or nothing, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '.csv', '.tgz', '.gz', '.toString'),
      (text, end) => {
        const guess = guessMediaType(text + end);
        if (guess !== undefined) expect(guess).toMatch(/\//);
      },
    ),
  );
});
