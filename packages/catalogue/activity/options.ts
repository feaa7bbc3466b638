import {
  boolean,
  ignoreMissing,
  integer,
  natural,
  refuse,
  type Schema,
  stop,
  type Validator,
  validated,
} from '@portolan/schema';
import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { mayOverrule } from '../dataset/may_edit.ts';

export interface ListOptions {
  limit: number;
  offset: number;
  /** Seconds since the epoch; only what happened between the two. */
  before: number | undefined;
  after: number | undefined;
  types: string[] | undefined;
  excludedTypes: string[] | undefined;
  /** With the work of the site's own users. */
  hidden: boolean;
}

/** More seconds than any moment is away from the epoch, within what PostgreSQL can tell. */
const farthest = 2e11;

const wholeNumber: Validator = (value, field) =>
  typeof value === 'number' || typeof integer(value, field) === 'number'
    ? value
    : refuse('Please enter an integer value');

const numberIn = (value: unknown): number => {
  if (typeof value === 'string') return Number(value.trim() || Number.NaN);
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN;
};

const floatTimestamp: Validator = (value) => {
  const number = numberIn(value);
  return Number.isFinite(number)
    ? Math.max(-farthest, Math.min(farthest, number))
    : refuse('Must be a float timestamp');
};

const listOfTexts: Validator = (value) => {
  if (!Array.isArray(value)) return refuse('Not a list');
  const other = value.find((one) => typeof one !== 'string');
  return other === undefined ? value : refuse(`Not a string: ${JSON.stringify(other)}`);
};

const notTogether: Validator = (value, { root }) =>
  Array.isArray(value) && Array.isArray(root['exclude_activity_types'])
    ? refuse('Cannot be used together with `exclude_activity_types')
    : value;

const blank: Validator = (value) => (typeof value === 'string' && value.trim() === '' ? stop : value);

const schema: Schema = {
  fields: {
    limit: [ignoreMissing, blank, integer, wholeNumber, natural],
    offset: [ignoreMissing, blank, integer, natural],
    before: [ignoreMissing, floatTimestamp],
    after: [ignoreMissing, floatTimestamp],
    activity_types: [ignoreMissing, listOfTexts, notTogether],
    exclude_activity_types: [ignoreMissing, listOfTexts],
    include_hidden_activity: [ignoreMissing, boolean],
  },
  unknown: 'ignore',
};

/** Reads what every list of activities can be asked for. @throws PortolanError `validation` */
export async function listOptions(call: Call, params: Params): Promise<ListOptions> {
  const data = await validated(schema, params, undefined);
  const { activityListLimit, activityListMax } = call.site.config;
  return {
    limit: Math.min(Number(data['limit'] || activityListLimit), activityListMax),
    offset: Number(data['offset'] || 0),
    before: data['before'] as number | undefined,
    after: data['after'] as number | undefined,
    types: data['activity_types'] as string[] | undefined,
    excludedTypes: data['exclude_activity_types'] as string[] | undefined,
    hidden: data['include_hidden_activity'] === true && mayOverrule(call),
  };
}

export const listParameters: Record<string, Parameter> = {
  limit: { type: 'integer', meaning: 'Most activities to give.' },
  offset: { type: 'integer', meaning: 'Activities to leave out first.' },
  before: { type: 'text', meaning: 'Only older ones: seconds since the epoch.' },
  after: {
    type: 'text',
    meaning: 'Only newer ones: seconds since the epoch; gives the page next to that moment.',
  },
  include_hidden_activity: { type: 'boolean', meaning: 'Also those of the site user; sysadmins only.' },
};

export const typeParameters: Record<string, Parameter> = {
  activity_types: { type: 'list', meaning: 'Only these types.' },
  exclude_activity_types: { type: 'list', meaning: 'None of these types.' },
};
