import { type ErrorDict, type ErrorValue, invalid, PortolanError } from '@portolan/kernel';
import { flattenTags } from './flatten_tags.ts';
import { pythonType } from './python.ts';
import { type Field, type Fields, isList, type Schema, type Validator } from './schema.ts';
import { Verdict } from './verdict.ts';

export interface Validated {
  data: Fields;
  /** Empty when everything is right. Lists keep their positions: `{resources: [{}, {size: ['…']}]}`. */
  errors: ErrorDict;
}

/**
 * Runs a schema over what a client sent. The input is left as it is.
 * @throws PortolanError `integrity` when something other than a list of objects stands where one belongs.
 */
export async function validate<Context>(
  schema: Schema<Context>,
  input: Fields,
  context: Context,
): Promise<Validated> {
  checkShape(schema, input, []);
  const steps = walk(schema, input, { root: undefined, path: [], context });
  let answer: unknown;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) return value;
    answer = await value;
  }
}

/** Like `validate`, for a caller that has no use for wrong data. @throws PortolanError `validation`, `integrity` */
export async function validated<Context>(
  schema: Schema<Context>,
  input: Fields,
  context: Context,
): Promise<Fields> {
  const { data, errors } = await validate(schema, input, context);
  if (isFilled(errors)) throw invalid(flattenTags(errors));
  return data;
}

interface Place<Context> {
  root: Fields | undefined;
  path: (string | number)[];
  context: Context;
}

/**
 * Yields what has to be waited for, and is given what came of it. Most schemas have nothing of the kind: a promise for
 * each field of each extra would take longer than all validators.
 */
function* walk<Context>(
  schema: Schema<Context>,
  input: Fields,
  place: Place<Context>,
): Generator<Promise<unknown>, Validated, unknown> {
  const record: Fields = { ...input };
  const root = place.root ?? record;
  const errors: ErrorDict = {};
  const report = (field: string, message: string) => addMessage(errors, field, message);

  const junk = takeOutLists(schema, record);
  if (schema.junk === 'refuse' && junk.length > 0)
    report('__junk', `The input field [${junk.map(pythonTuple).join(', ')}] was not expected.`);

  const whole = { report, root, context: place.context };
  for (const check of schema.before ?? []) {
    const checked = check(record, whole);
    if (checked instanceof Promise) yield checked;
  }

  const lists: [string, Schema<Context>][] = [];
  for (const [name, rule] of Object.entries(schema.fields)) {
    if (isList(rule)) lists.push([name, rule.each]);
    else {
      const path = [...place.path, name];
      const messages = runChain(rule, { name, record, root, path, context: place.context });
      for (const message of messages instanceof Promise ? ((yield messages) as string[]) : messages)
        report(name, message);
    }
  }
  for (const [name, each] of lists) {
    const items = record[name];
    if (!Array.isArray(items)) continue;
    const results: Validated[] = [];
    for (const item of items.filter(isFilled)) {
      const path = [...place.path, name, results.length];
      results.push(yield* walk(each, item, { root, path, context: place.context }));
    }
    const right = results.map((result) => result.data).filter(isFilled);
    if (right.length > 0 || items.length === 0) record[name] = right;
    else delete record[name];
    const wrong = results.map((result): ErrorValue => result.errors);
    if (results.some((result) => isFilled(result.errors))) errors[name] = wrong;
  }

  if (schema.unknown !== 'keep')
    for (const name of Object.keys(record)) {
      if (Object.hasOwn(schema.fields, name)) continue;
      if (schema.unknown === 'refuse') errors['__extras'] = ['The input field __extras was not expected.'];
      delete record[name];
    }
  for (const check of schema.after ?? []) {
    const checked = check(record, whole);
    if (checked instanceof Promise) yield checked;
  }
  return { data: record, errors };
}

/** @returns a promise only where a validator gives one */
function runChain<Context>(
  chain: readonly Validator<Context>[],
  field: Field<Context>,
  from = 0,
  messages: string[] = [],
): string[] | Promise<string[]> {
  const { record, name } = field;
  for (let at = from; at < chain.length; at++) {
    const answer = chain[at]!(Object.hasOwn(record, name) ? record[name] : undefined, field);
    if (answer instanceof Promise)
      return answer.then((result) =>
        takeIn(result, field, messages) ? messages : runChain(chain, field, at + 1, messages),
      );
    if (takeIn(answer, field, messages)) break;
  }
  return messages;
}

/** @returns whether the chain ends with what a validator gave back */
function takeIn<Context>(result: unknown, { record, name }: Field<Context>, messages: string[]): boolean {
  if (!(result instanceof Verdict)) {
    if (result === undefined) delete record[name];
    else record[name] = result;
    return false;
  }
  if (result.message !== undefined) messages.push(result.message);
  if (result.drops) delete record[name];
  return result.ends;
}

function addMessage(errors: ErrorDict, field: string, message: string): void {
  const present = errors[field];
  if (Array.isArray(present)) present.push(message);
  else errors[field] = [message];
}

/** All lists are looked at before the first validator runs, since CKAN takes the data apart first. */
function checkShape<Context>(schema: Schema<Context>, input: Fields, path: (string | number)[]): void {
  for (const [name, rule] of Object.entries(schema.fields)) {
    if (!Object.hasOwn(input, name)) continue;
    const items = input[name];
    const here = [...path, name];
    if (!isList(rule)) {
      if (isListOfRecords(items)) checkItems(items);
      continue;
    }
    if (Array.isArray(items) && items.length === 0) continue;
    if (!isListOfRecords(items))
      throw new PortolanError(
        'integrity',
        `Only lists of dicts can be placed against subschema ${pythonTuple(here)}, not ${`<class '${pythonType(items)}'>`}`,
      );
    checkItems(items);
    for (const [position, item] of items.entries()) checkShape(rule.each, item, [...here, position]);
  }
}

function checkItems(items: unknown[]): asserts items is Fields[] {
  if (!items.every(isRecord)) throw new PortolanError('integrity', 'Values in lists need to be dicts');
}

/**
 * CKAN takes every list of objects apart, also where a plain value belongs: that field then counts as not sent.
 * Gives the paths of what was in them.
 */
function takeOutLists<Context>(schema: Schema<Context>, record: Fields): (string | number)[][] {
  const junk: (string | number)[][] = [];
  for (const [name, rule] of Object.entries(schema.fields)) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (isList(rule) || !isListOfRecords(value)) continue;
    for (const [position, item] of value.entries())
      for (const key of Object.keys(item as Fields)) junk.push([name, position, key]);
    delete record[name];
  }
  return junk;
}

/** Whether CKAN takes a value apart: the first item decides, as there. */
export const isListOfRecords = (value: unknown): value is unknown[] =>
  Array.isArray(value) && isRecord(value[0]);

/** CKAN takes data apart into fields and puts it together again: a record without a field does not survive that. */
const isFilled = (record: Fields): boolean => Object.keys(record).length > 0;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pythonTuple = (path: (string | number)[]): string =>
  path.length === 1
    ? `('${path[0]}',)`
    : `(${path.map((part) => (typeof part === 'number' ? part : `'${part}'`)).join(', ')})`;
