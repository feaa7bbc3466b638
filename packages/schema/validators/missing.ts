import type { Validator } from '../pipeline/schema.ts';
import { drop, refuseAndStop, stop } from '../pipeline/verdict.ts';

/** CKAN's `ignore_missing`: not sent, or `null`, counts as not sent. */
export const ignoreMissing: Validator = (value) => (value === undefined || value === null ? drop : value);

/** CKAN's `ignore_empty`: Python's false values but zero and false count as not sent. */
export const ignoreEmpty: Validator = (value) =>
  value === undefined || value === null || value === '' || isEmptyContainer(value) ? drop : value;

/** CKAN's `ignore`: never accepted, never complained of. */
export const ignore: Validator = () => drop;

/** CKAN's `not_missing`: `null` and empty are values. */
export const notMissing: Validator = (value) =>
  value === undefined ? refuseAndStop('Missing value') : value;

/** CKAN's `not_empty`: zero and false are values. */
export const notEmpty: Validator = (value) =>
  value === undefined || value === null || value === '' || isEmptyContainer(value)
    ? refuseAndStop('Missing value')
    : value;

/** CKAN's `empty`: the field must not be sent. */
export const mustBeEmpty: Validator = (value, field) =>
  value === undefined || isFalse(value)
    ? value
    : refuseAndStop(`The input field ${field.name} was not expected.`);

/** CKAN's `default(x)`, for a field that is not sent, `null` or empty text. */
export const defaultTo =
  (whenMissing: unknown): Validator =>
  (value) =>
    value === undefined || value === null || value === '' ? whenMissing : value;

/** CKAN's `if_empty_same_as(other)`: `other` is declared before this field. */
export const ifEmptySameAs =
  (other: string): Validator =>
  (value, { record }) =>
    value === undefined || isFalse(value) ? record[other] : value;

/** `null` stands, and nothing else is asked of it. */
export const nullable: Validator = (value) => (value === null ? stop : value);

const isEmptyContainer = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** What Python takes for false. */
export const isFalse = (value: unknown) => !value || isEmptyContainer(value);
