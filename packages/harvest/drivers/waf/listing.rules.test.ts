import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entries, entriesOf, folderOf } from './entries.rules.ts';
import { dialectOf, readListing } from './listing.rules.ts';

type ListedRecord = Entries['records'][number];

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

  const listed = (html: string, dialect: Parameters<typeof readListing>[1]) =>
    entriesOf(readListing(html, dialect), 'http://a.test/f/', dialect);
  const one: ListedRecord = { url: 'http://a.test/f/a.xml', modified: '2024-11-07 15:00:00' };
  const undated: ListedRecord = { ...one, modified: undefined };

  it.each<[what: string, dialect: Parameters<typeof readListing>[1], html: string, record: ListedRecord]>([
    [
      'a table of Apache with icons',
      'apache',
      '<table><tr><th><a href="?C=N;O=D">Name</a></th></tr><tr><td valign="top"><img src="/icons/back.gif"></td><td><a href="/">Parent Directory</a></td><td>&nbsp;</td></tr>' +
        '<tr><td valign="top"><img src="/icons/unknown.gif" alt="[   ]"></td><td><a href="a.xml">a.xml</a></td><td align="right">2024-11-07 15:00  </td><td align="right">1.2K</td><td>&nbsp;</td></tr></table>',
      one,
    ],
    [
      'Apache’s plain text with icons',
      'apache',
      '<pre><img src="/icons/blank.gif"> <a href="?C=N;O=D">Name</a><hr><img src="/icons/xml.gif" alt="[XML]"> <a href="a.xml">a.xml</a>                   07-Nov-2024 15:00  1.2K  \n</pre>',
      one,
    ],
    ['a list of Apache without dates', 'apache', '<ul><li><a href="a.xml"> a.xml</a></li></ul>', undated],
    [
      'nginx, the name cut',
      'nginx',
      '<h1>Index of /f/</h1><hr><pre><a href="../">../</a>\r\n<a href="a.xml">a-very-long-na..&gt;</a>   07-Nov-2024 15:00      1234\r\n</pre>',
      one,
    ],
    [
      'nginx with its fancy table, whose date comes after the size',
      'nginx',
      '<tr><td class="link"><a href="a.xml" title="a.xml">a.xml</a></td><td class="size">1.2 KiB</td><td class="date">2024-Nov-07 15:00</td></tr>',
      undated,
    ],
    [
      'IIS in another country',
      'iis',
      '<pre> 07/11/2024    15:00         1234 <A HREF="/f/a.xml">a.xml</A><br></pre>',
      undated,
    ],
    [
      'IIS with a month that is none',
      'iis',
      '<pre> 13/11/2024  3:00 PM  1234 <A HREF="/f/a.xml">a.xml</A><br></pre>',
      undated,
    ],
    [
      'lighttpd',
      'other',
      '<tr><td class="n"><a href="../">..</a>/</td></tr><tr><td class="n"><a href="a.xml">a.xml</a></td><td class="m">2024-Nov-07 15:00:00</td></tr>',
      undated,
    ],
    [
      'Python',
      'other',
      '<ul>\n<li><a href="a.xml">a.xml</a></li>\n<li><a href="b.txt">b.txt</a></li></ul>',
      undated,
    ],
    [
      'HTML that never closes anything',
      'apache',
      '<TABLE><TR><TD><A HREF=a.xml>a.xml<TD>2024-11-07 15:00',
      undated,
    ],
    [
      'a script and a comment',
      'apache',
      '<script>"<a href=\'b.xml\'>"</script><!-- <a href="c.xml">c</a> --><a href="./a.xml">a</a> 2024-11-07 15:00',
      one,
    ],
  ])('of %s is read', (_what, dialect, html, record) =>
    expect(listed(html, dialect)).toEqual({ records: [record], folders: [] }),
  );

  it('has names as their addresses are written', () =>
    expect(
      listed(
        '<a href="th%C3%A9.xml">t</a><a href="gr&uuml;n tee.xml">g</a><a href="a%20b.xml">a</a>',
        'other',
      ).records,
    ).toEqual(
      ['th%C3%A9.xml', 'gr%C3%BCn%20tee.xml', 'a%20b.xml'].map((name) => ({
        url: `http://a.test/f/${name}`,
        modified: undefined,
      })),
    ));

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
