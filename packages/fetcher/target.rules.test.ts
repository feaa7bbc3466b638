import { describe, expect, it } from 'vitest';
import { parseAllowList } from './address.rules.ts';
import { checkedUrl } from './target.rules.ts';

const none = parseAllowList([]);

describe('checkedUrl', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://127.0.0.1./',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fec0::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://example.org@127.0.0.1/',
    'http://example.org:25/',
    'http://example.org:22/',
    'http://example.org:6379/',
    'https://example.org:5432/',
    'ftp://example.org/',
    'gopher://example.org:70/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:1',
    '//example.org/',
    '',
  ])('refuses %s', (address) => {
    expect(() => checkedUrl(address, none)).toThrow(expect.objectContaining({ kind: 'blocked' }));
  });

  it.each([
    'http://example.org/',
    'https://example.org:8443/a?b',
    'http://bücher.example/',
    'http://8.8.8.8:8080/',
  ])('takes %s', (address) => expect(checkedUrl(address, none).protocol).toMatch(/^https?:$/));

  it('takes an inside target that is listed, and no other port of it', () => {
    const allow = parseAllowList(['127.0.0.1:6379']);
    expect(checkedUrl('http://127.1:6379/', allow).host).toBe('127.0.0.1:6379');
    expect(() => checkedUrl('http://127.0.0.1:6380/', allow)).toThrow('not allowed');
  });

  it.each([
    ['search.example:9200', 'http://search.example:9200/_search'],
    ['search.example:9200', 'http://SEARCH.example.:9200/'],
    ['search.example:443', 'https://search.example/'],
    ['localhost:9200', 'http://127.0.0.1:9200/'],
    ['localhost:9200', 'http://[::1]:9200/'],
    ['127.0.0.1:9200', 'http://localhost:9200/'],
    ['8.8.4.4:9200', 'http://8.8.4.4:9200/'],
  ])('never takes the portal’s own service at %s, which %s names', (own, address) => {
    const allow = parseAllowList(['127.0.0.0/8', '::1', 'localhost:9200'], [own]);
    expect(() => checkedUrl(address, allow)).toThrow('not allowed');
    expect(checkedUrl('http://127.0.0.1:9201/', allow).port).toBe('9201');
  });

  it('tells no secret of a refused address', () => {
    expect(() => checkedUrl('http://me:hush@10.0.0.1/?token=hush&a=1', none)).toThrow(
      expect.objectContaining({ message: 'URL not allowed: http://10.0.0.1/?token=***&a=1' }),
    );
  });
});
