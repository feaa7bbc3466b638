import { PortolanError } from '@portolan/kernel';
import { pythonText } from '@portolan/schema';
import { type Driver, ObjectFailure, type ObjectProblem } from '../driver.ts';
import type { FailedRecord, FetchedRecord } from './import_context.ts';

interface FailingRecord {
  object: { id: string; guid: string; content?: string | null };
  mapped?: FetchedRecord['mapped'];
  content?: string | undefined;
  extras?: FailedRecord['extras'];
  identified?: FailedRecord['identified'];
}

/** Where, and at what, a record failed. */
export interface Failing {
  /** What the error is put down to, unless it says so itself. */
  stage: ObjectProblem['stage'];
  driver: Driver | undefined;
  /** Its dataset was there already. */
  exists: boolean;
}

/** A record that ends with an error; its dataset, and the record that is current for it, stay as they are. */
export const failedBy = (error: unknown, record: FailingRecord, failing: Failing): FailedRecord => ({
  object: { id: record.object.id, guid: guidOf(error, record) },
  problems: problemsOf(error, record, failing),
  content: record.content,
  extras: record.extras,
  identified: record.identified,
});

/** What the record calls itself, where that was read and is not why it was refused. */
function guidOf(error: unknown, { object, mapped }: FailingRecord): string {
  if (error instanceof ObjectFailure) return error.guid ?? object.guid;
  return (typeof mapped === 'object' ? mapped.guid : undefined) ?? object.guid;
}

function problemsOf(error: unknown, record: FailingRecord, failing: Failing): ObjectProblem[] {
  if (error instanceof ObjectFailure)
    return [{ message: error.message, stage: error.stage, line: error.line }, ...error.further];
  return [{ message: failureMessage(error, record.object, failing), stage: failing.stage }];
}

/** CKAN's texts for a dataset that does not validate and for everything else. */
export function failureMessage(
  error: unknown,
  { guid, content }: { guid: string; content?: string | null },
  { driver, exists }: Pick<Failing, 'driver' | 'exists'>,
): string {
  if (error instanceof ObjectFailure) return error.message;
  const validation =
    error instanceof PortolanError && error.code === 'validation'
      ? pythonText(inOrder(error.fields))
      : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (driver?.failureText)
    return driver.failureText({ guid, content: content ?? null, validation, message, exists });
  return validation === undefined
    ? `System error: ${message}`
    : `Invalid package with GUID ${guid}: ${validation}`;
}

/** What is told of a dataset's fields in the order that CKAN has: by name, what is told of parts after the rest. */
function inOrder(told: unknown): unknown {
  if (Array.isArray(told)) return told.map(inOrder);
  if (typeof told !== 'object' || told === null) return told;
  const ofParts = ([name, value]: [string, unknown]) =>
    Number(name === 'tags' || (Array.isArray(value) && value.some((one) => typeof one === 'object')));
  const fields = Object.entries(told).sort((a, b) => ofParts(a) - ofParts(b) || (a[0] < b[0] ? -1 : 1));
  return Object.fromEntries(fields.map(([name, value]) => [name, inOrder(value)]));
}
