import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkingKey, signingKey } from './secret.ts';

const none = { tokenSecret: undefined, tokenDecodeSecret: undefined, secretKey: undefined };
const textOf = (key: ReturnType<typeof signingKey>) => key?.export().toString();

test.each([
  [{}, undefined, undefined],
  [{ secretKey: 'site' }, 'site', 'site'],
  [{ secretKey: 'string:site' }, 'string:site', 'string:site'],
  [{ secretKey: 'site', tokenSecret: 'string:own' }, 'own', 'own'],
  [{ tokenSecret: 'plain' }, 'plain', 'plain'],
  [{ tokenSecret: 'string:own', tokenDecodeSecret: 'string:check' }, 'own', 'check'],
])('%j signs with %s and checks with %s', (settings, signs, checks) => {
  expect(textOf(signingKey({ ...none, ...settings }))).toBe(signs);
  expect(textOf(checkingKey({ ...none, ...settings }))).toBe(checks);
});

test('a file is the key with its last line feed, as CKAN reads it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-secret-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'key');
  await writeFile(file, 'from a file\n');
  expect(textOf(signingKey({ ...none, tokenSecret: `file:${file}` }))).toBe('from a file\n');
});
