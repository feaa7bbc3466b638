import { ObjectFailure, type ObjectProblem } from '../driver.ts';
import { failureMessage } from './fetch_record.ts';
import type { FailedRecord } from './import_context.ts';

/**
 * A record that ends with an error; its dataset, and the record that is current for it, stay as they are.
 * @param stage what the error is put down to, unless it says so itself
 */
export const failedBy = (
  error: unknown,
  record: {
    object: { id: string; guid: string };
    content?: string | undefined;
    extras?: Record<string, string> | undefined;
  },
  stage: ObjectProblem['stage'],
): FailedRecord => ({
  object: record.object,
  problems: problemsOf(error, record.object.guid, stage),
  content: record.content,
  extras: record.extras,
});

function problemsOf(error: unknown, guid: string, stage: ObjectProblem['stage']): ObjectProblem[] {
  if (error instanceof ObjectFailure)
    return [{ message: error.message, stage: error.stage, line: error.line }, ...error.further];
  return [{ message: failureMessage(error, guid), stage }];
}
