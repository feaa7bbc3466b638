import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, folderOf } from './entries.rules.ts';
import { dialectOf, readListing } from './listing.rules.ts';

const apache = `<pre><a href="?C=N;O=D">Name</a> <hr><a href="/up/">Parent Directory</a>
<A HREF='a.xml'>a.xml</A>   2024-11-07 15:00   12K
<a href="b&amp;c.xml">b</a></td><td align="right">07-Nov-2024 15:01  </td></tr>
<a href="sub/">sub/</a> 2024-11-07 15:00
<a href="_private.xml">p</a><a href="x.XML">x</a><a href="#top">t</a><a href="mailto:a@b.test">m</a></pre>`;
const iis = `<pre><A HREF="/">[To Parent Directory]</A><br><br> 11/7/2024  3:00 PM  123 <A HREF="/folder/a.xml">a.xml</A><br>
Thursday, November 7, 2024 12:05 AM  &lt;dir&gt; <A HREF="/folder/sub/">sub</A><br></pre>`;

describe('a listing', () => {
  it('of Apache tells when its files were changed', () => {
    const entries = entriesOf(readListing(apache, 'apache'), 'http://a.test/folder/', 'apache');
    expect(entries).toEqual({
      records: [
        { url: 'http://a.test/folder/a.xml', modified: '2024-11-07 15:00:00' },
        { url: 'http://a.test/folder/b&c.xml', modified: '2024-11-07 15:01:00' },
      ],
      folders: ['http://a.test/folder/sub/'],
    });
  });

  it('of IIS has the date before the link', () => {
    expect(entriesOf(readListing(iis, 'iis'), 'http://a.test/folder/', 'iis')).toEqual({
      records: [{ url: 'http://a.test/folder/a.xml', modified: '2024-11-07 15:00:00' }],
      folders: ['http://a.test/folder/sub/'],
    });
    expect(readListing(iis, 'iis')[2]?.modified).toBe('2024-11-07 00:05:00');
  });

  it('of any other server tells no dates', () => {
    expect(readListing(apache, 'other').every(({ modified }) => modified === undefined)).toBe(true);
  });

  it('leads to no other host and to nothing above', () => {
    const links = ['http://b.test/x.xml', '//b.test/x.xml', '../x/', 'http://a.test/folder/', '/other/y.xml'];
    const html = links.map((href) => `<a href="${href}">x</a>`).join('');
    expect(entriesOf(readListing(html, 'other'), 'http://a.test/folder/', 'other')).toEqual({
      records: [{ url: 'http://a.test/other/y.xml', modified: undefined }],
      folders: ['http://a.test/folder/folder/'],
    });
  });

  it('may lead to another host where the source says so', () => {
    const html = '<a href="http://b.test/x.xml">x</a>';
    const config = { allow_offsite: true };
    expect(entriesOf(readListing(html, 'other'), 'http://a.test/folder/', 'other', config).records).toEqual([
      { url: 'http://b.test/x.xml', modified: undefined },
    ]);
  });

  it('may be any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('apache', 'nginx', 'iis', 'other'), (html, dialect) => {
        const entries = entriesOf(readListing(html, dialect), 'http://a.test/f/', dialect);
        for (const folder of entries.folders) expect(folder.startsWith('http://a.test/f/')).toBe(true);
      }),
    );
  });
});

it.each([
  [undefined, 'apache'],
  ['Apache/2.4', 'apache'],
  ['nginx/1.26', 'nginx'],
  ['Microsoft-IIS/10.0', 'iis'],
  ['lighttpd', 'other'],
])('a server called %s lists like %s', (server, dialect) => expect(dialectOf(server)).toBe(dialect));

it.each([
  ['http://a.test/waf', 'http://a.test/waf/'],
  ['http://a.test/waf/', 'http://a.test/waf/'],
  ['http://a.test/waf/index.html', 'http://a.test/waf/'],
  ['http://index.test', 'http://index.test/'],
])('the folder of %s is %s', (address, folder) => expect(folderOf(address)).toBe(folder));
