import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeToken, encodeToken } from './jwt.ts';

const settings = {
  tokenAlgorithm: 'HS256' as const,
  tokenSecret: 'string:an-example-secret-of-32-characters',
  tokenDecodeSecret: undefined,
  secretKey: undefined,
};
const vector =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJaazNhZXhhbXBsZWp0aSIsImlhdCI6MTcwMDAwMDAwMH0.9AvdnKLodh7ddFNn0VJWBLbw2gprgEsHJsLl5miLgVc';
const later = 1_800_000_000_000;

test('a token that CKAN signed is read with the same secret', async () => {
  expect(await decodeToken(settings, vector, later)).toEqual({ id: 'Zk3aexamplejti', issued: 1_700_000_000 });
});

test.each([
  ['another secret', { ...settings, tokenSecret: 'string:another-secret-of-32-characters--' }],
  ['no secret at all', { ...settings, tokenSecret: undefined }],
  ['another algorithm', { ...settings, tokenAlgorithm: 'HS512' as const }],
  [
    'a secret for checking of its own',
    { ...settings, tokenDecodeSecret: 'string:only-for-checking-tokens-here-' },
  ],
])('with %s the token is nobody’s', async (_, other) => {
  expect(await decodeToken(other, vector, later)).toBeUndefined();
});

test('the site’s secret signs when tokens have none of their own', async () => {
  const site = { ...settings, tokenSecret: undefined, secretKey: 'an-example-secret-of-32-characters' };
  expect((await decodeToken(site, vector, later))?.id).toBe('Zk3aexamplejti');
});

test.each(['', 'nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJqdGkiOiJ4In0.', vector.slice(0, -3), 'é'])(
  'the text %j is no token',
  async (text) => {
    expect(await decodeToken(settings, text, later)).toBeUndefined();
  },
);

test('an expired token is nobody’s', async () => {
  const token = await encodeToken(settings, { id: 'x', issued: 1_700_000_000, expires: 1_700_000_100 });
  expect((await decodeToken(settings, token, 1_700_000_050_000))?.id).toBe('x');
  expect(await decodeToken(settings, token, 1_700_000_200_000)).toBeUndefined();
});

test('what is signed is read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.base64String({ minLength: 1 }), fc.nat(1_700_000_000), async (id, issued) => {
      expect(await decodeToken(settings, await encodeToken(settings, { id, issued }), later)).toEqual({
        id,
        issued,
      });
    }),
    { numRuns: 50 },
  );
});
