import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf } from './address.rules.ts';

describe('locationOf', () => {
  it.each([
    ['http://example.org', 'http://example.org'],
    ['http://example.org/a.json?x=1#y', 'http://example.org/a.json?x=1#y'],
    ['https://example.org/a b.xml', 'https://example.org/a%20b.xml'],
    ['http://example.org/é%20.txt', 'http://example.org/%C3%A9%20.txt'],
    ['HTTP://EXAMPLE.ORG/A.JSON', 'http://example.org/A.JSON'],
    ['ftp://example.org/a.zip', 'ftp://example.org/a.zip'],
    ['example.org/a.txt', 'http://example.org/a.txt'],
    ['//example.org/a.txt', 'http://example.org/a.txt'],
    ['/rooted/a.txt', 'http://rooted/a.txt'],
    ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
    ['javascript:alert(1)', undefined],
    ['mailto:a@example.org', undefined],
    ['http:', undefined],
    ['', undefined],
  ])('of %j is %j', (url, location) => {
    expect(locationOf(url)).toBe(location);
  });

  it('is what a header can hold, whatever the address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (host, path) => {
        for (const url of [`http://${host}/${path}`, host + path])
          expect(locationOf(url) ?? '').toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});
