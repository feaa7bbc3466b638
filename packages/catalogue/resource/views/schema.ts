import {
  type CallerContext,
  emptyIfNotSysadmin,
  ignore,
  ignoreEmpty,
  ignoreMissing,
  notEmpty,
  type RecordValidator,
  refuse,
  type Schema,
  text,
  uuid,
  type Validator,
} from '@portolan/schema';
import type { ViewType } from './types.ts';

export interface ViewContext extends CallerContext {
  isResource(id: string): boolean;
}

const resourceExists: Validator<ViewContext> = (value, { context }) =>
  context.isResource(String(value)) ? value : refuse('Not found: Resource');

const sameLength = '"filter_fields" and "filter_values" should have the same length';
const pairs = [
  ['filter_fields', 'filter_values'],
  ['filter_values', 'filter_fields'],
] as const;

/** CKAN's `filter_fields_and_values_…`: two lists of one length, told as `filters` from then on. */
const filters: RecordValidator = (record, { report }) => {
  const [fields, values] = [listOf(record['filter_fields']), listOf(record['filter_values'])];
  for (const [one, other] of pairs) {
    if (fields.length !== values.length) report(one, sameLength);
    if (listOf(record[other]).length > 0 && listOf(record[one]).length === 0)
      report(one, `"${one}" is required when "${other}" is filled`);
  }
  if (fields.length === 0 || fields.length !== values.length) return;
  const told = new Map<string, unknown[]>();
  for (const [i, field] of fields.entries()) {
    const list = told.get(String(field)) ?? [];
    told.set(String(field), [...list, values[i]]);
  }
  record['filters'] = Object.fromEntries(told);
};

const listOf = (value: unknown): unknown[] => {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
};

const settingsOf = (type: ViewType): Schema<ViewContext>['fields'] => ({
  ...type.settings,
  ...(type.filterable
    ? { filter_fields: [ignoreMissing], filter_values: [ignoreMissing], filters: [ignore] }
    : {}),
});

const after = (type: ViewType) => (type.filterable ? [filters] : []);

/** Source: CKAN's `default_create_resource_view_schema`. */
export const viewCreateSchema = (type: ViewType): Schema<ViewContext> => ({
  fields: {
    id: [emptyIfNotSysadmin, ignoreEmpty, uuid],
    resource_id: [notEmpty, resourceExists],
    title: [notEmpty, text],
    description: [ignoreMissing, text],
    view_type: [notEmpty, text],
    ...settingsOf(type),
  },
  unknown: 'refuse',
  after: after(type),
});

/** Source: CKAN's `default_update_resource_view_schema_changes`. */
export const viewUpdateSchema = (type: ViewType): Schema<ViewContext> => ({
  fields: {
    id: [notEmpty, text],
    resource_id: [ignoreMissing, resourceExists],
    title: [ignoreMissing, text],
    description: [ignoreMissing, text],
    view_type: [ignore],
    package_id: [ignore],
    ...settingsOf(type),
  },
  unknown: 'refuse',
  after: after(type),
});
