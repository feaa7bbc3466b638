import type { PreviewedRecord } from './preview.ts';

/** Characters of one value, message or title. */
const longest = 2000;
/** Of changes and of problems, for each record. */
const most = 100;
/** Errors of a listing. */
const mostErrors = 100;

/** A record as it is told of: of endless values the beginning, so that an answer and a row have an end. */
export const boundedRecord = (record: PreviewedRecord): PreviewedRecord => ({
  ...record,
  title: record.title === null ? null : cut(record.title),
  reason: cut(record.reason),
  changes: record.changes
    .slice(0, most)
    .map(({ field, before, after }) => ({ field, before: boundedValue(before), after: boundedValue(after) })),
  problems: record.problems.slice(0, most).map((problem) => ({ ...problem, message: cut(problem.message) })),
});

/** Notes an error of a listing, as long as there is room. */
export function noteError(errors: string[], message: string): void {
  if (errors.length < mostErrors) errors.push(cut(message));
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** What is too long is told as the beginning of its JSON, or of itself where it is text. */
function boundedValue(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  const json = JSON.stringify(value) ?? 'null';
  return json.length > longest ? cut(json) : value;
}
