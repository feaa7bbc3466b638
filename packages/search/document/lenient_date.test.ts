import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetDate } from './lenient_date.ts';

const now = Date.parse('2024-02-29T12:00:00Z');
const read = (text: string) => {
  const date = datasetDate(text, now);
  return date && new Date(date.milliseconds).toISOString();
};

describe('a date as publishers write it', () => {
  it.each([
    ['2020-12-31', '2020-12-31T00:00:00Z'],
    ['2020-12-31T23:59:59Z', '2020-12-31T23:59:59+00:00'],
    ['2020-12-31 23:59 GMT', '2020-12-31T23:59:00+00:00'],
    ['2020-12-31T23:59:59+0200', '2020-12-31T23:59:59+02:00'],
  ])('tells %s with its zone', (text, expected) => expect(datasetDate(text, now)?.text).toBe(expected));

  it.each([
    ['2020-12-31', '2020-12-31T00:00:00.000Z'],
    ['2021-06-30T12:00:00', '2021-06-30T12:00:00.000Z'],
    ['2018-07-04T10:00:00+01:00', '2018-07-04T09:00:00.000Z'],
    ['2023-03-31T23:59:59.999Z', '2023-03-31T23:59:59.999Z'],
    ['31/12/2020', '2020-12-31T00:00:00.000Z'],
    ['02/03/2020', '2020-02-03T00:00:00.000Z'],
    ['12 June 2020', '2020-06-12T00:00:00.000Z'],
    ['June 2020', '2020-06-29T00:00:00.000Z'],
    ['Feb 3, 2019', '2019-02-03T00:00:00.000Z'],
    ['2021', '2021-02-28T00:00:00.000Z'],
    ['20200131', '2020-01-31T00:00:00.000Z'],
    ['2020-01-01 2:30 pm', '2020-01-01T14:30:00.000Z'],
  ])('%s', (text, moment) => expect(read(text)).toBe(moment));

  it.each(['not a date', '2020-02-30', '2020-13-01', '31/31/2020', '25:00', 'annual', ''])(
    '%s is none',
    (text) => expect(read(text)).toBeUndefined(),
  );

  it('is read, or not, from any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void datasetDate(text, now)));
  });
});
