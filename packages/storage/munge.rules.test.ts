import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageFilename, mungeFilename, mungeFilenameLegacy, splitExtension } from './munge.rules.ts';

const x = (count: number) => 'x'.repeat(count);

test.each([
  ['bad spaces', 'bad-spaces'],
  ['s', 's__'],
  ['random:other%character&', 'randomothercharacter'],
  ['u with umlaut ü', 'u-with-umlaut-u'],
  ['2014-11-10 12:24:05.340603my_image.jpeg', '2014-11-10-122405.340603my_image.jpeg'],
  ['path/to/file.csv', 'file.csv'],
  [`${'f'.repeat(100)}.csv`, `${'f'.repeat(96)}.csv`],
  ['.longextension', '.longextension'],
  ['a.now_that_extension_is_too_long', 'a.now_that_extension_i'],
  ['.1', '.1_'],
  ['UPPER.TXT', 'upper.txt'],
  ['a..b.txt', 'a..b.txt'],
  ['---.txt', '-.txt'],
  ['a--b  c.txt', 'a-b-c.txt'],
  ['表.txt', '.txt'],
  ['ÀÉÎõß.txt', 'aeioss.txt'],
  ['Æther.txt', 'aether.txt'],
  ['ÐÞŸ.txt', 'ththy.txt'],
  ['ẞ.csv', 'ss.csv'],
  ['İ.csv', 'i.csv'],
  ['Łódź.csv', 'od.csv'],
  ['e\u0301.csv', 'e.csv'],
  ['..', '.._'],
  ['.', '.__'],
  ['....', '....'],
  ['', '___'],
  ['a/', '___'],
  ['C:\\dir\\file.txt', 'cdirfile.txt'],
  ['tab\there.txt', 'tabhere.txt'],
  ['a\u00a0b.csv', 'ab.csv'],
  [' \x1fa.csv', 'a.csv'],
  ['! a.csv', '-a.csv'],
  ['a . csv', 'a-.-csv'],
  ['a.', 'a_.'],
  ['..a', '..a'],
  [' - ', '-__'],
  [`${x(105)}.${'y'.repeat(30)}`, `${x(79)}.${'y'.repeat(20)}`],
  [`${x(100)}.`, `${x(99)}.`],
  [`.${x(120)}`, `.${x(99)}`],
  [`..${x(101)}`, `..${x(98)}`],
  [`${'ß'.repeat(60)}.csv`, `${'s'.repeat(96)}.csv`],
])('a resource file named %j is stored as %j', (given, expected) => {
  expect(mungeFilename(given)).toBe(expected);
});

const time = '2026-01-02 03:04:05.678901';

test.each([
  ['Our Logo_1.png', '2026-01-02-030405.678901Our-Logo1.png'],
  ['ÀÅ_Æ_Ç.png', '2026-01-02-030405.678901AAAeC.png'],
  ['ÈÐÑØÝÞß.png', '2026-01-02-030405.678901EThNOYthss.png'],
  ['æðøþÿ.png', '2026-01-02-030405.678901aethothy.png'],
  ['a/b.jpg', '2026-01-02-030405.678901ab.png'],
  ['a.b.c.PNG', '2026-01-02-030405.678901a.b.c.png'],
  ['  x  y .png', '2026-01-02-030405.678901--x--y-.png'],
  ['noext', '2026-01-02-030405.png'],
  ['noext.', '2026-01-02-030405.678901noext..png'],
  ['a.png.gz', '2026-01-02-030405.678901a.png.png'],
  ['.png', '2026-01-02-030405.678901.png'],
  [`${x(120)}.png`, '2026-01-02-030405.png'],
])('an image named %j is stored as %j', (given, expected) => {
  expect(imageFilename(time, given, '.png')).toBe(expected);
});

const names = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', 'Ü', 'ß', ' ', '-', '.', '_', '/', '!', 'x'.repeat(40)))
    .map((parts) => parts.join('')),
);

test('munging a munged name changes nothing', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(mungeFilename(mungeFilename(name))).toBe(mungeFilename(name));
    }),
  );
  fc.assert(
    fc.property(names, (name) => {
      const munged = mungeFilenameLegacy(name).replaceAll('_', '');
      expect(mungeFilenameLegacy(munged).replaceAll('_', '')).toBe(munged);
    }),
  );
});

test('a munged name has 3 to 100 characters, all of them harmless', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(mungeFilename(name)).toMatch(/^[a-z0-9_.-]{3,100}$/);
      expect(mungeFilenameLegacy(name)).toMatch(/^[a-zA-Z0-9.\-_]{3,100}$/);
    }),
  );
});

test.each([
  ['a.b.c', 'a.b', '.c'],
  ['.htaccess', '.htaccess', ''],
  ['..x.y', '..x', '.y'],
  ['plain', 'plain', ''],
  ['dot.', 'dot', '.'],
])('%s is split into %s and %s', (given, name, extension) => {
  expect(splitExtension(given)).toEqual({ name, extension });
});
