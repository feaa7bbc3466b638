import { expect, test } from 'vitest';
import { expiryOf } from './expiry.rules.ts';

const end = Date.UTC(2030, 0, 2, 3, 4, 5);

test.each([
  [null, undefined],
  [{}, undefined],
  [{ other: 1 }, undefined],
  [{ expire_api_token: {} }, undefined],
  [{ expire_api_token: { exp: '2030-01-02T03:04:05' } }, end],
  [{ expire_api_token: { exp: '2030-01-02 03:04:05' } }, end],
  [{ expire_api_token: { exp: '2030-01-02T03:04:05+00:00' } }, end],
  [{ expire_api_token: { exp: end / 1000 } }, end],
  [{ expire_api_token: { exp: 'some day' } }, 0],
  [{ expire_api_token: { exp: {} } }, 0],
])('a row with %j ends at %s', (extras, moment) => {
  expect(expiryOf(extras)).toBe(moment);
});
