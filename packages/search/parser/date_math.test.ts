import { describe, expect, it } from 'vitest';
import { parseMoment } from './date_math.ts';
import { QuerySyntaxError } from './syntax_error.ts';

const now = Date.parse('2024-03-31T12:34:56.789Z');
const moment = (text: string) => new Date(parseMoment(text, now)).toISOString();

describe('a moment of the query language', () => {
  // Read off Solr 9.8.
  it.each([
    ['2020-01-31T24:00:00Z', '2020-02-01T00:00:00.000Z'],
    ['2020-01-31T24:00:00.0Z', '2020-02-01T00:00:00.000Z'],
    ['2020-12-31T23:59:60Z', '2020-12-31T23:59:59.000Z'],
    ['2020-1-1T1:1:1Z', '2020-01-01T01:01:01.000Z'],
    ['2020-01-01T00:00:00.Z', '2020-01-01T00:00:00.000Z'],
    ['2020-01-01T00:00:00.1239Z', '2020-01-01T00:00:00.123Z'],
    ['+2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z'],
    ['02020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z'],
    ['20-01-01T00:00:00Z', '0020-01-01T00:00:00.000Z'],
    ['12020-01-01T00:00:00Z', '+012020-01-01T00:00:00.000Z'],
    ['-0044-03-15T00:00:00Z', '-000044-03-15T00:00:00.000Z'],
    ['-00001-01-01T00:00:00Z', '-000001-01-01T00:00:00.000Z'],
    ['NOW', '2024-03-31T12:34:56.789Z'],
    ['NOW-1MONTH', '2024-02-29T12:34:56.789Z'],
    ['NOW/MONTH+1MONTHS-1DAYS', '2024-03-31T00:00:00.000Z'],
    ['NOW/DATE-3MILLIS', '2024-03-30T23:59:59.997Z'],
    ['NOW+1YEARS/YEAR', '2025-01-01T00:00:00.000Z'],
    ['2020-02-29T00:00:00Z+1YEAR', '2021-02-28T00:00:00.000Z'],
    ['2020-01-01T00:00:00Z+1MILLISECONDS', '2020-01-01T00:00:00.001Z'],
  ])('%s is %s', (text, expected) => expect(moment(text)).toBe(expected));

  it.each([
    '2020-01-31T24:00:01Z',
    '2020-12-31T22:59:60Z',
    '2020-02-30T00:00:00Z',
    '2020-01-01T00:00:00.1234567891Z',
    '2020-01-01t00:00:00z',
    '2020-01-01T00:00Z',
    '2020-01-01T00:00:00Z ',
    '2020-01-01T00:00:00+01:00Z',
    '+999999999-01-01T00:00:00Z',
    'NOWX',
    'NOW/',
    'NOW+1DAYS/DAY-',
    'NOW+DAY',
    'NOW+1 DAY',
    'NOW+99999999999DAY',
    'NOW+1DATES',
    'NOW+-1DAY',
    'NOW/1DAY',
    'NOW-1day',
    'now',
  ])('%s is none', (text) => expect(() => parseMoment(text, now)).toThrow(QuerySyntaxError));
});
