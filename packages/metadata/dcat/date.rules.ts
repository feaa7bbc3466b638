import type { Name } from '../rdf/vocabulary.ts';

const dateTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/;

/** A date or time of XML Schema as CKAN's harvester keeps it: `Z` as `+00:00`, six digits of a second or none. */
export function storedDate(lexical: string, datatype: string): string {
  if (datatype.endsWith('#date')) return lexical.replace(/^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$/, '$1');
  const parts = datatype.endsWith('#dateTime') ? dateTime.exec(lexical) : null;
  if (!parts) return lexical;
  const [, date, time, fraction = '', zone = ''] = parts;
  const digits = /[1-9]/.test(fraction.slice(0, 6)) ? `.${fraction.slice(0, 6).padEnd(6, '0')}` : '';
  return `${date}T${time}${digits}${zone === 'Z' ? '+00:00' : zone}`;
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
