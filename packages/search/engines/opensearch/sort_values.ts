import { lowerCase } from '../../analysis/lower_case.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { nameMark, withoutMarks } from './marks.ts';
import { orderPlace, type Place } from './place.ts';

/** Dates of fields that the schema does not list, each behind its field's name; they are sorted and compared there. */
export const datesPath = 'dates';

/** Characters; what is longer is sorted by its beginning. */
const longest = 300;

const datePrefix = (field: string): string => `${withoutMarks(field)}${nameMark}`;

/** Where the values of a field stand that documents are sorted by, each behind its field's name. */
export const sortPlace = (field: string): Place =>
  fieldOf(field).type === 'date' ? { path: datesPath, prefix: datePrefix(field) } : orderPlace(field);

/** Texts are sorted without regard to case. */
export function sortValue(field: string, value: string): string {
  const start = withoutMarks(value.slice(0, longest));
  return orderPlace(field).prefix + (fieldOf(field).type === 'string' ? start : lowerCase(start));
}

const digits = 17;
/** More than the milliseconds of any date that there is, so that all are positive. */
const shift = 9_000_000_000_000_000;

/** Milliseconds as a text of the same order. */
export const dateText = (milliseconds: number): string =>
  String(Math.min(Math.max(Math.round(milliseconds) + shift, 0), 2 * shift)).padStart(digits, '0');

export const dateValue = (field: string, milliseconds: number): string =>
  datePrefix(field) + dateText(milliseconds);
