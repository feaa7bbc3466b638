import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKey, ckanResourceKey, imageKey, resourceKey } from './key.rules.ts';

const refused = (message: string) =>
  expect.objectContaining({ code: 'validation', fields: { upload: [message] } });

test.each([
  ['empty', ''],
  ['absolute', '/etc/passwd'],
  ['parent', '../x'],
  ['parent in the middle', 'a/../../x'],
  ['parent at the end', 'a/..'],
  ['here', './a'],
  ['empty segment', 'a//b'],
  ['ends in a slash', 'a/'],
  ['NUL', 'a\0b'],
  ['half a surrogate pair', 'a\ud800'],
  ['the stores’ own folder', '.portolan/staging/x'],
  ['a segment no file system takes', 'x'.repeat(256)],
  ['longer than S3 takes', Array(200).fill('abcdef').join('/')],
])('a key is refused: %s', (_, key) => {
  expect(() => checkKey(key)).toThrow(refused('Invalid storage path'));
});

test.each(['a', 'resources/1/2/.hidden', 'storage/uploads/group/ü.png', 'a/..b/c..', '.portolana/x'])(
  'a key is accepted: %s',
  (key) => {
    expect(checkKey(key)).toBe(key);
  },
);

test('an accepted key never leaves the folder it is joined to', () => {
  const segment = fc.oneof(
    fc.constantFrom('..', '.', '', '/', '\0', 'a', '...', '~'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const key = segments.join('/');
      try {
        checkKey(key);
      } catch {
        return;
      }
      expect(new URL(encodeURIComponent(key).replaceAll('%2F', '/'), 'file:///root/').pathname).toMatch(
        /^\/root\/./,
      );
    }),
  );
});

const id = '3f2c1a70-0000-4000-8000-000000000001';

test('an upload, a file of CKAN’s layout and an image each have their place', () => {
  expect(resourceKey(id, '00000000-0000-4000-8000-000000000002', 'a.csv')).toBe(
    `resources/${id}/00000000-0000-4000-8000-000000000002/a.csv`,
  );
  expect(ckanResourceKey(id)).toBe('resources/3f2/c1a/70-0000-4000-8000-000000000001');
  expect(imageKey('group', 'logo.png')).toBe('storage/uploads/group/logo.png');
});

test.each(['../../../etc', '', 'abc', 'abcdef', 'a/b/c/d/e/f', 'abc..\0defg'])(
  'an id that cannot be a folder is refused: %j',
  (wrong) => {
    expect(() => ckanResourceKey(wrong)).toThrow(refused('Invalid storage directory'));
    expect(() => resourceKey(wrong, id, 'a')).toThrow(refused('Invalid storage directory'));
  },
);

test.each(['..', '../../x', 'a\0'])('an image’s name cannot lead elsewhere: %j', (name) => {
  expect(() => imageKey('user', name)).toThrow(refused('Invalid storage path'));
});
