import type { Name } from '../rdf/vocabulary.ts';

const dateTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/;

/** What stands for a moment, with the parts that may be missing, in the long form and in the compact one. */
const moments = [
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}:?\d{2})?)?$/,
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}:?\d{2})?$/,
];

/**
 * A date or time of XML Schema as CKAN's harvester keeps it: a date without time and zone, a time with its seconds, `Z`
 * as `+00:00`, six digits of a second or none. What is neither stays.
 */
export function storedDate(lexical: string, datatype: string): string {
  if (datatype.endsWith('#date'))
    return lexical.replace(/^(\d{4}-\d{2}-\d{2})(T.*|Z|[+-]\d{2}:\d{2})$/, (whole, day: string) =>
      isCalendarDate(day) ? day : whole,
    );
  if (!datatype.endsWith('#dateTime')) return lexical;
  const parts = moments.map((form) => form.exec(lexical)).find((found) => found);
  if (!parts) return lexical;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = ''] = parts;
  const date = `${year}-${month}-${day}`;
  if (!isCalendarDate(date) || hour > '23' || minute > '59' || second > '59') return lexical;
  const digits = /[1-9]/.test(fraction.slice(0, 6)) ? `.${fraction.slice(0, 6).padEnd(6, '0')}` : '';
  const offset = zone === 'Z' ? '+00:00' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return `${date}T${hour}:${minute}:${second}${digits}${offset}`;
}

const datatypes: [RegExp, Name][] = [
  [/^\d{4}$/, 'xsd:gYear'],
  [/^\d{4}-\d{2}$/, 'xsd:gYearMonth'],
  [/^\d{4}-\d{2}-\d{2}$/, 'xsd:date'],
  [dateTime, 'xsd:dateTime'],
];

/** The datatype that a text has as a date; undefined when it is none. */
export const dateType = (text: string): Name | undefined =>
  datatypes.find(([shape]) => shape.test(text) && isCalendarDate(text))?.[1];

const isCalendarDate = (text: string): boolean => {
  const [, day] = /^(\d{4}-\d{2}-\d{2})/.exec(text) ?? [];
  if (day === undefined) return /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};
