import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, parseAllowList } from './address.rules.ts';

const inside = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.1.1.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:0808:0808::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '3fff::1',
  '5f00::1',
  'localhost',
  '',
  '1.2.3',
];
const outside = [
  '8.8.8.8',
  '172.32.0.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '[2606:4700::1111]',
];

describe('isPublicAddress', () => {
  it.each(inside)('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(outside)('takes %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it('judges an IPv4 address the same however IPv6 wraps it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const plain = isPublicAddress(address);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(plain);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(plain);
      }),
    );
  });
});

describe('parseAllowList', () => {
  it('takes targets, addresses and networks', () => {
    const allow = parseAllowList(['Mock.test:8998', '[::1]:80', '10.1.0.0/16', '192.168.0.7', 'fd00::/8']);
    expect(allow.target('mock.test', 8998)).toBe(true);
    expect(allow.target('mock.test', 8999)).toBe(false);
    expect(allow.target('[::1]', 80)).toBe(true);
    expect(allow.address('10.1.255.1')).toBe(true);
    expect(allow.address('10.2.0.1')).toBe(false);
    expect(allow.address('192.168.0.7')).toBe(true);
    expect(allow.address('fd12::1')).toBe(true);
    expect(allow.address('fe80::1')).toBe(false);
  });

  it.each(['mock.test', 'http://mock.test:80', '10.0.0.0/33', ''])(
    'names the entry %j that it cannot read',
    (entry) => {
      expect(() => parseAllowList([entry])).toThrow('neither host:port nor network/bits');
    },
  );
});
