import { expect, test } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password.rules.ts';

const password = 'Correct-Horse-1';
const stored = {
  passlib:
    '$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$.LKEgkOZWJQqkIVTiV35ubbFJx0.GIemch7RopqXUbw3E6Wh7nnS640R3aBFSUSkd9cwC36aS.RxiNBAb7CFlA',
  bcrypt: '$2b$04$/Yjpr/mp9.BJQG4Og9as8.PcFXopKC8/9UK421vIiIQU/DGIglkCm',
  sha1: 'b295d117135a9763da282e7dae73a5ca7d3e5b11660f960b4043b0d662390da12ab6b8e174f82f7f',
  drupal: '$S$DabcdEFGHp2vQlRKLwK1HdhDdTtfe9uNs3RUtIq4U2ZSe3VXbhWd',
};

test.each(Object.entries(stored))(
  'a hash in the form of %s belongs to its password alone',
  async (_, hash) => {
    expect(await verifyPassword(password, hash)).toBe(true);
    expect(await verifyPassword('correct-horse-1', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  },
);

test('a new hash is the one that passlib would have written', async () => {
  expect(
    await hashPassword(
      password,
      Uint8Array.from({ length: 16 }, (_, index) => index),
    ),
  ).toBe(stored.passlib);
});

test.each([
  null,
  '',
  'x',
  '$pbkdf2-sha512$0$AAECAw$AAECAw',
  '$pbkdf2-sha512$99999999$AAECAw$AAECAw',
  '$S$',
  '$S$z12345678',
  '$2b$31$/Yjpr/mp9.BJQG4Og9as8.PcFXopKC8/9UK421vIiIQU/DGIglkCm',
])('no password belongs to %j', async (hash) => {
  expect(await verifyPassword(password, hash)).toBe(false);
});

test('only a hash of full strength is up to date', () => {
  expect(isOutdated(stored.passlib)).toBe(false);
  expect(isOutdated(stored.sha1)).toBe(true);
  expect(isOutdated(stored.drupal)).toBe(true);
  expect(isOutdated('$pbkdf2-sha512$12000$AAECAwQFBgcICQoLDA0ODw$AAAA')).toBe(true);
  expect(isOutdated('$pbkdf2-sha512$25000$AAECAw$AAAA')).toBe(true);
});
