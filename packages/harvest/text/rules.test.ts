import { pythonText } from '@portolan/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, deterministicId, guidKey } from './deterministic_id.ts';
import { nextRun } from './frequency.rules.ts';
import { isTagName, mungeTag, nameFromTitle, uniqueName } from './name.rules.ts';
import { pythonJson } from './python_json.rules.ts';

describe('nameFromTitle', () => {
  it.each([
    ['Trees', 'trees'],
    ['Trees and branches - survey.', 'trees-and-branches-survey'],
    ['Größe: Über/alles', 'grosse-uber-alles'],
    ['x', 'x_'],
    ['Grid of 1 km² ½', 'grid-of-1-km'],
    ['Þorn and Eð', 'thorn-and-eth'],
    ['a\u00a0b', 'ab'],
    ['Łódź', 'lodz'],
    ['', '__'],
    ['日本', '__'],
    [`${'a'.repeat(100)} 2024`, `${'a'.repeat(90)}-2024`],
    [`${'a'.repeat(100)} 12-2024`, `${'a'.repeat(87)}-12-2024`],
    ['a'.repeat(120), 'a'.repeat(95)],
  ])('makes %j into %j', (title, name) => expect(nameFromTitle(title)).toBe(name));

  it('always makes a name that CKAN takes, and leaves it when given it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        const name = nameFromTitle(title);
        expect(name).toMatch(/^[a-z0-9_-]{2,95}$/);
        expect(nameFromTitle(name)).toBe(name);
      }),
    );
  });
});

describe('uniqueName', () => {
  const x = (n: number) => 'x'.repeat(n);
  it.each([
    ['trees', [], undefined, 'trees'],
    ['trees', ['trees'], undefined, 'trees1'],
    ['trees', ['trees', 'trees1'], undefined, 'trees2'],
    [x(101), [], undefined, x(100)],
    [x(101), [x(100)], undefined, `${x(99)}1`],
    ['tree', ['trees'], 'trees1', 'tree'],
    ['trees', [], 'trees1', 'trees'],
    ['trees', ['trees'], 'trees2', 'trees2'],
    ['frogs', ['frogs'], 'trees2', 'frogs1'],
  ])('of %j with %j taken, now called %j, is %j', (wish, taken, existing, name) => {
    expect(uniqueName(wish, new Set(taken), existing)).toBe(name);
  });

  it('draws hexadecimal digits when told to', () => {
    expect(uniqueName('trees', new Set(['trees']), undefined, () => '0af3c')).toBe('trees0af3c');
  });

  it('gives up when 999 are taken', () => {
    const taken = new Set(['a', ...Array.from({ length: 999 }, (_, i) => `a${i + 1}`)]);
    expect(uniqueName('a', taken)).toBeUndefined();
  });
});

describe('tags', () => {
  it.each([
    ['some spaces  here', 'some-spaces--here'],
    ['random:other%characters&_.here', 'randomothercharactershere'],
    ['Ä', 'a_'],
    ['Greek αβγ', 'greek-'],
    ['*', '__'],
  ])('%j is munged to %j', (tag, munged) => {
    expect(mungeTag(tag)).toBe(munged);
    expect(mungeTag(munged)).toBe(munged);
  });

  it.each(['Permission in Prin', 'a.b', 'été_2', 'x-y'])('%j is a tag as it is', (tag) =>
    expect(isTagName(tag)).toBe(true),
  );
  it.each(['x', '', 'a,b', 'a&b', 'a'.repeat(101)])('%j is no tag', (tag) =>
    expect(isTagName(tag)).toBe(false),
  );
});

describe('nextRun', () => {
  const february = Date.UTC(2028, 1, 10);
  it.each([
    ['ALWAYS', 0],
    ['DAILY', 1],
    ['weekly', 7],
    ['BIWEEKLY', 14],
    ['MONTHLY', 29],
  ])('of %s is in %i days', (frequency, days) =>
    expect(nextRun(frequency, february)).toBe(february + days * 86_400_000),
  );
  it('of MANUAL never is', () => expect(nextRun('MANUAL', february)).toBeUndefined());
});

describe('identities', () => {
  it('are UUIDs of version 5 that depend on every part and its border', () => {
    expect(deterministicId('a', 'b')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(deterministicId('a', 'b')).toBe(deterministicId('a', 'b'));
    expect(deterministicId('ab', 'c')).not.toBe(deterministicId('a', 'bc'));
    expect(contentHash('a')).not.toBe(contentHash('b'));
  });

  it('of a GUID overlook blanks, braces and the case of a UUID', () => {
    const id = 'a18d2811-13b0-4838-8bfb-5793433317b9';
    expect(guidKey(` {${id.toUpperCase()}} `)).toBe(id);
    expect(guidKey('http://Example.org/A')).toBe('http://Example.org/A');
  });
});

describe('Python texts', () => {
  it('are written as json.dumps and repr do', () => {
    expect(pythonJson({ b: [1, 'é', null], a: { x: true } })).toBe(
      '{"b": [1, "\\u00e9", null], "a": {"x": true}}',
    );
    expect(pythonText({ name: ["It's taken"], n: [null, true] })).toBe(
      `{'name': ["It's taken"], 'n': [None, True]}`,
    );
  });

  it('in JSON say the same as they were made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(pythonJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
