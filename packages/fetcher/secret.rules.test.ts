import { expect, it } from 'vitest';
import { isSecretHeader, withoutSecrets } from './secret.rules.ts';

it.each([
  ['http://u:p@h/a?b=1#f', 'http://h/a?b=1'],
  ['http://h/?api_key=x&q=a+b%20c', 'http://h/?api_key=***&q=a+b%20c'],
  [
    'http://h/?X-Amz-Signature=x&access_token=y&password=z',
    'http://h/?X-Amz-Signature=***&access_token=***&password=***',
  ],
  ['nonsense', '(not an address)'],
])('shows %s as %s', (address, shown) => expect(withoutSecrets(address)).toBe(shown));

it.each(['authorization', 'Cookie', 'X-API-Key', 'x-ckan-api-key', 'X-Auth-Token'])(
  'keeps %s to its origin',
  (name) => expect(isSecretHeader(name)).toBe(true),
);
it.each(['accept', 'user-agent', 'if-none-match'])('lets %s go on', (name) =>
  expect(isSecretHeader(name)).toBe(false),
);
