import { lowerCase } from '../../analysis/lower_case.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { nameMark, withoutMarks } from './marks.ts';

/** Values of text fields, and of fields that the schema does not list, to sort by: each behind its field's name. */
export const sortPath = 'order';

/** Dates of fields that the schema does not list, each behind its field's name; they are sorted and compared there. */
export const datesPath = 'dates';

/** Characters; what is longer is sorted by its beginning. */
const longest = 300;

export const sortPrefix = (field: string): string => `${withoutMarks(field)}${nameMark}`;

/** Texts are sorted without regard to case. */
export function sortValue(field: string, value: string): string {
  const start = withoutMarks(value.slice(0, longest));
  return sortPrefix(field) + (fieldOf(field).type === 'string' ? start : lowerCase(start));
}

const digits = 17;
/** More than the milliseconds of any date that there is, so that all are positive. */
const shift = 9_000_000_000_000_000;

/** Milliseconds as a text of the same order. */
export const dateText = (milliseconds: number): string =>
  String(Math.min(Math.max(Math.round(milliseconds) + shift, 0), 2 * shift)).padStart(digits, '0');

export const dateValue = (field: string, milliseconds: number): string =>
  sortPrefix(field) + dateText(milliseconds);
