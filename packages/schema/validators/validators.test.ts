import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonJson } from '../pipeline/python.ts';
import type { Field, Validator } from '../pipeline/schema.ts';
import { Verdict } from '../pipeline/verdict.ts';
import { boolean } from './boolean.ts';
import { email } from './email.ts';
import { integer } from './integer.ts';
import { isoDate } from './iso_date.ts';
import { jsonObject } from './json_object.ts';
import { name, nameLength } from './name.ts';
import { emptyIfNotSysadmin } from './sysadmin.ts';
import { text } from './text.ts';
import { uuid } from './uuid.ts';

const field = (context: unknown = undefined): Field<never> =>
  ({ name: 'f', record: {}, root: {}, path: ['f'], context }) as unknown as Field<never>;
/** The new value, or the message of a refusal in brackets. */
const said = (validator: Validator<never>, value: unknown, context?: unknown): unknown => {
  const answer = validator(value, field(context));
  return answer instanceof Verdict ? [answer.message ?? 'stopped'] : answer;
};

const slug = 'Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_';

describe('name', () => {
  it.each([
    ['ab', 'ab'],
    ['-dash', '-dash'],
    ['_under', '_under'],
    ['abc\n', 'abc\n'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['a', ['Must be at least 2 characters long']],
    ['', ['Must be at least 2 characters long']],
    ['x'.repeat(101), ['Name must be a maximum of 100 characters long']],
    ['new', ['That name cannot be used']],
    ['edit', ['That name cannot be used']],
    ['search', ['That name cannot be used']],
    ['Upper', [slug]],
    ['with space', [slug]],
    ['ünder', [slug]],
    ['١١', [slug]],
    ['ab\n\n', [slug]],
    ['a\nb', [slug]],
    [5, ['Names must be strings']],
  ])('of %j is %j', (value, answer) => {
    expect(said(name, value)).toEqual(answer);
  });

  it.each([
    ['a', ['Name "a" length is less than minimum 2']],
    ['x'.repeat(101), [`Name "${'x'.repeat(101)}" length is more than maximum 100`]],
    ['ok', 'ok'],
  ])('has its length told in other words, too: %j', (value, answer) => {
    expect(said(nameLength, value)).toEqual(answer);
  });
});

describe('email', () => {
  it.each(['a@b.example', 'a@b', 'a.@b.example', 'a+tag@b.example', 'A@B.EXAMPLE', '', undefined])(
    'accepts %j',
    (value) => {
      expect(said(email, value)).toEqual(value);
    },
  );
  it.each([
    'a',
    'a b@c.example',
    'é@c.example',
    'a@b..example',
    '.a@b.example',
    'a@-b.example',
    'a@b.example,c@d.example',
  ])('refuses %j', (value) => {
    expect(said(email, value)).toEqual([`Email ${value} is not a valid format`]);
  });
});

describe('isoDate', () => {
  it.each([
    ['2012-01-02', '2012-01-02T00:00:00'],
    ['2012-01-02T03:04:05', '2012-01-02T03:04:05'],
    ['2012-01-02 03:04', '2012-01-02T03:04:00'],
    ['2012-01-02T03:04:05.678', '2012-01-02T03:04:05.678000'],
    ['2012-01-02T03:04:05.000', '2012-01-02T03:04:05'],
    ['2012-01-02T03:04:05Z', '2012-01-02T03:04:05'],
    ['2012-01-02T03:04:05+02:00', '2012-01-02T01:04:05'],
    ['2012-01-01T00:00:00+0130', '2011-12-31T22:30:00'],
    ['2012/01/02 03.04.05', '2012-01-02T03:04:05'],
    ['0099-03-04', '0099-03-04T00:00:00'],
    ['', null],
    ['yesterday', ['Date format incorrect']],
    ['2012-13-02', ['Date format incorrect']],
    ['2012-02-30', ['Date format incorrect']],
    ['2012-01-02T25:00:00', ['Date format incorrect']],
    [5, ['Date format incorrect']],
  ])('of %j is %j', (value, answer) => {
    expect(said(isoDate, value)).toEqual(answer);
  });

  it('gives a text that it reads as itself', () => {
    const moments = fc.date({
      min: new Date('0100-01-01'),
      max: new Date('9999-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (date) => {
        const once = said(isoDate, date.toISOString());
        expect(once).toEqual(expect.any(String));
        expect(said(isoDate, once)).toEqual(once);
      }),
    );
  });
});

describe('integer', () => {
  it.each([
    [5, 5],
    ['5', 5],
    [' -7 ', -7],
    [1.0, 1],
    ['9999999999', 9999999999],
    ['', null],
    ['  ', null],
    [null, null],
    [true, 1],
    [1.5, ['Invalid integer']],
    ['1.0', ['Invalid integer']],
    ['many', ['Invalid integer']],
    [[], ['Invalid integer']],
    [{}, ['Invalid integer']],
    ['99999999999999999999', ['Invalid integer']],
  ])('of %j is %j', (value, answer) => {
    expect(said(integer, value)).toEqual(answer);
  });
});

describe('boolean', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['yes', true],
    ['t', true],
    ['y', true],
    ['1', true],
    [true, true],
    ['on', false],
    ['maybe', false],
    ['0', false],
    ['', false],
    [false, false],
  ])('of %j is %j', (value, answer) => {
    expect(said(boolean, value)).toBe(answer);
  });
});

describe('text', () => {
  it.each([
    ['é', 'é'],
    [5, '5'],
    [1.5, '1.5'],
    [true, 'true'],
    [null, ''],
    [['a', 1], '["a", 1]'],
    [{ b: 'é', a: null }, '{"a": null, "b": "\\u00e9"}'],
    [undefined, undefined],
  ])('of %j is %j', (value, answer) => {
    expect(said(text, value)).toEqual(answer);
  });

  it('writes JSON that says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = pythonJson(value);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        expect([...written].every((char) => char <= '\u007f')).toBe(true);
      }),
    );
  });
});

describe('other validators', () => {
  it.each([
    [uuid, '2f1f6f60-9d8e-4b7e-9a11-000000000001', '2f1f6f60-9d8e-4b7e-9a11-000000000001'],
    [uuid, 'not-a-uuid', ['Invalid id provided']],
    [uuid, 5, ['Invalid id provided']],
    [jsonObject, { a: 1 }, { a: 1 }],
    [jsonObject, 'text', ['The value should be a valid JSON object']],
    [jsonObject, [1], ['The value should be a valid JSON object']],
  ])('%o of %j', (validator, value, answer) => {
    expect(said(validator, value)).toEqual(answer);
  });

  it.each([
    [true, 'x', 'x'],
    [false, 'x', ['The input field f was not expected.']],
    [false, '', ['stopped']],
  ])('emptyIfNotSysadmin for a sysadmin (%s) of %j', (sysadmin, value, answer) => {
    expect(said(emptyIfNotSysadmin as Validator<never>, value, { sysadmin })).toEqual(answer);
  });
});
