import { PortolanError } from '@portolan/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer } from '../validators/integer.ts';
import { defaultTo, ignoreMissing, mustBeEmpty, notEmpty, notMissing } from '../validators/missing.ts';
import { text } from '../validators/text.ts';
import { listOf, type Schema, type Validator } from './schema.ts';
import { validate, validated } from './validate.ts';
import { drop, refuse, refuseAndStop, stop } from './verdict.ts';

const run = (schema: Schema, input: Record<string, unknown>) => validate(schema, input, undefined);
const fieldOf = (...chain: Schema['fields'][string][]) =>
  ({ fields: { f: chain.flat() }, unknown: 'ignore' }) as Schema;

describe('a chain of validators', () => {
  it.each([
    ['goes on after a refusal and gathers the messages', [() => refuse('a'), () => refuse('b')], ['a', 'b']],
    ['ends with a refusal that stops', [() => refuseAndStop('a'), () => refuse('b')], ['a']],
    ['ends without a message when a validator stops it', [() => stop, () => refuse('b')], undefined],
  ])('%s', async (_what, chain, messages) => {
    const { errors } = await run(fieldOf(chain), { f: 1 });
    expect(errors['f']).toEqual(messages);
  });

  it('hands each validator what the one before gave back', async () => {
    const { data } = await run(fieldOf([(value) => `${value}b`, async (value) => `${value}c`]), { f: 'a' });
    expect(data).toEqual({ f: 'abc' });
  });

  it('takes a dropped field out', async () => {
    expect((await run(fieldOf([() => drop]), { f: 1 })).data).toEqual({});
  });

  it('shows a validator the siblings that were declared before, converted', async () => {
    const seen: unknown[] = [];
    const look: Validator = (value, { record }) => {
      seen.push(record['a']);
      return value;
    };
    await run({ fields: { a: [integer], b: [look] }, unknown: 'ignore' }, { b: 1, a: '7' });
    expect(seen).toEqual([7]);
  });
});

describe('missing, null and empty', () => {
  it.each([
    ['notMissing', notMissing, {}, ['Missing value'], undefined],
    ['notMissing', notMissing, { f: null }, undefined, null],
    ['notEmpty', notEmpty, {}, ['Missing value'], undefined],
    ['notEmpty', notEmpty, { f: null }, ['Missing value'], null],
    ['notEmpty', notEmpty, { f: '' }, ['Missing value'], ''],
    ['notEmpty', notEmpty, { f: [] }, ['Missing value'], []],
    ['notEmpty', notEmpty, { f: 'x' }, undefined, 'x'],
    ['notEmpty', notEmpty, { f: 0 }, undefined, 0],
    ['notEmpty', notEmpty, { f: false }, undefined, false],
    ['ignoreMissing', ignoreMissing, { f: null }, undefined, undefined],
    ['ignoreMissing', ignoreMissing, { f: '' }, undefined, ''],
    ['defaultTo', defaultTo(5), {}, undefined, 5],
    ['defaultTo', defaultTo(5), { f: '' }, undefined, 5],
    ['defaultTo', defaultTo(5), { f: 0 }, undefined, 0],
    ['mustBeEmpty', mustBeEmpty, { f: 'x' }, ['The input field f was not expected.'], 'x'],
    ['mustBeEmpty', mustBeEmpty, { f: '' }, undefined, ''],
  ])('%s of %j %j', async (_name, validator, input, messages, value) => {
    const result = await run(fieldOf([validator]), input as Record<string, unknown>);
    expect(result.errors['f']).toEqual(messages);
    expect(result.data['f']).toEqual(value);
  });
});

describe('lists of records', () => {
  const item: Schema = { fields: { n: [ignoreMissing, integer] }, unknown: 'ignore' };
  const schema: Schema = { fields: { items: listOf(item) }, unknown: 'ignore' };

  it('keeps the positions of errors', async () => {
    const { errors } = await run(schema, { items: [{ n: 1 }, { n: 'x' }, { n: 2 }] });
    expect(errors).toEqual({ items: [{}, { n: ['Invalid integer'] }, {}] });
  });

  it.each([
    ['text', "Only lists of dicts can be placed against subschema ('items',), not <class 'str'>"],
    [null, "Only lists of dicts can be placed against subschema ('items',), not <class 'NoneType'>"],
    [{ a: 1 }, "Only lists of dicts can be placed against subschema ('items',), not <class 'dict'>"],
    [['a'], "Only lists of dicts can be placed against subschema ('items',), not <class 'list'>"],
    [[[]], "Only lists of dicts can be placed against subschema ('items',), not <class 'list'>"],
    [5, "Only lists of dicts can be placed against subschema ('items',), not <class 'int'>"],
    [1.5, "Only lists of dicts can be placed against subschema ('items',), not <class 'float'>"],
    [true, "Only lists of dicts can be placed against subschema ('items',), not <class 'bool'>"],
    [[{ n: 1 }, 'a'], 'Values in lists need to be dicts'],
  ])('are refused as an integrity error when they are %j', async (items, message) => {
    const error = await run(schema, { items }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PortolanError);
    expect((error as PortolanError).code).toBe('integrity');
    expect((error as PortolanError).publicMessage).toBe(message);
  });

  it.each([
    [{ items: [] }, { items: [] }],
    [{}, {}],
    [{ items: [{}] }, {}],
    [{ items: [{ n: null }, { n: 3 }] }, { items: [{ n: 3 }] }],
  ])('of %j become %j', async (input, data) => {
    expect((await run(schema, input)).data).toEqual(data);
  });
});

describe('a list of records where a plain value belongs', () => {
  const fields = { f: [notMissing], g: [ignoreMissing] };
  const input = { f: [{ a: 1, b: 2 }, { c: 3 }], g: 'kept' };

  it('counts as not sent', async () => {
    const { data, errors } = await run({ fields, unknown: 'ignore' }, input);
    expect([data['g'], errors]).toEqual(['kept', { f: ['Missing value'] }]);
  });

  it('is told by the paths of what is in it, where the schema refuses that', async () => {
    const { errors } = await run({ fields, unknown: 'ignore', junk: 'refuse' }, input);
    expect(errors).toEqual({
      __junk: ["The input field [('f', 0, 'a'), ('f', 0, 'b'), ('f', 1, 'c')] was not expected."],
      f: ['Missing value'],
    });
  });

  it('holds nothing else', async () => {
    const error = await run({ fields, unknown: 'ignore' }, { f: [{ a: 1 }, 'b'] }).catch((thrown) => thrown);
    expect(error.publicMessage).toBe('Values in lists need to be dicts');
  });
});

describe('unknown fields', () => {
  it.each([
    ['ignore', {}, {}],
    ['keep', { x: [1, { y: 2 }] }, {}],
    ['refuse', {}, { __extras: ['The input field __extras was not expected.'] }],
  ] as const)('are handled by %s', async (unknown, data, errors) => {
    expect(await run({ fields: {}, unknown }, { x: [1, { y: 2 }] })).toEqual({ data, errors });
  });

  it('may be called like parts of every object', async () => {
    const input = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "f": 3}') as Record<string, unknown>;
    const { data } = await run({ fields: { f: [ignoreMissing] }, unknown: 'keep' }, input);
    expect(Object.keys(data).sort()).toEqual(['__proto__', 'constructor', 'f']);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });
});

describe('validated', () => {
  it('tells errors of tags without positions', async () => {
    const tag: Schema = {
      fields: { name: [text, () => refuse('a'), () => refuse('b')], v: [ignoreMissing, () => refuse('c')] },
      unknown: 'ignore',
    };
    const onlyV: Schema = { fields: { v: [ignoreMissing, () => refuse('c')] }, unknown: 'ignore' };
    const fieldsOf = async (each: Schema, tags: unknown[]) => {
      const error = await validated(
        { fields: { tags: listOf(each) }, unknown: 'ignore' },
        { tags },
        undefined,
      ).catch((thrown: unknown) => thrown);
      return (error as PortolanError).fields;
    };
    expect(await fieldsOf(tag, [{ name: 'x' }])).toEqual({ tags: ['a, b'] });
    expect(await fieldsOf(onlyV, [{ v: 1 }, { w: 2 }])).toEqual({ tags: [{ v: ['c'] }] });
  });
});

const withoutNulls = (data: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));

describe('any input', () => {
  const schema: Schema = {
    fields: {
      a: [ignoreMissing, text],
      n: [ignoreMissing, integer],
      items: listOf({ fields: { b: [ignoreMissing, text] }, unknown: 'keep' }),
    },
    unknown: 'ignore',
  };

  it('is either refused or gives data that passes again unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          { a: fc.jsonValue(), n: fc.jsonValue(), items: fc.oneof(fc.jsonValue(), fc.array(fc.object())) },
          { requiredKeys: [] },
        ),
        async (input) => {
          const first = await run(schema, input).catch((error: unknown) => {
            expect((error as PortolanError).code).toBe('integrity');
            return undefined;
          });
          if (!first || Object.keys(first.errors).length > 0) return;
          const again = await run(schema, first.data);
          // A blank number is stored as null, and null counts as missing when it is sent back.
          expect({ ...again, data: withoutNulls(again.data) }).toEqual({
            ...first,
            data: withoutNulls(first.data),
          });
        },
      ),
    );
  });

  it('is left as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (input) => {
        const before = structuredClone(input);
        await run(schema, input).catch(() => {});
        expect(input).toEqual(before);
      }),
    );
  });
});
