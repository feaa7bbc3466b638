import type { DatasetDict } from '../dataset/presenter.ts';
import { asciiJson } from '../index/ascii_json.ts';

const filledFirst = ['extras', 'groups', 'resources', 'tags'];
const emptyLast = ['resources', 'tags', 'extras', 'groups'];
const relationships = ['relationships_as_subject', 'relationships_as_object'];

/**
 * The text that CKAN's index keeps of a dataset, which some of its answers carry along: JSON in Python's spelling,
 * scalars first, then lists that hold something, then empty ones; the fields of a resource by name.
 */
export function validatedDict(dataset: DatasetDict): string {
  const isEmpty = (name: string) => (dataset[name] as unknown[]).length === 0;
  const lists = [...filledFirst, ...relationships];
  const scalars = Object.keys(dataset).filter((name) => !lists.includes(name));
  const order = [
    ...scalars,
    ...filledFirst.filter((name) => !isEmpty(name)),
    ...emptyLast.filter(isEmpty),
    ...relationships,
  ];
  const sorted: Record<string, unknown> = { ...dataset, resources: dataset.resources.map(byName) };
  return pythonDump(Object.fromEntries(order.map((name) => [name, sorted[name]])));
}

const byName = (fields: object) =>
  Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)));

/** JSON as Python's `json.dumps` writes it: blanks after `,` and `:`, keys in their order, ASCII only. */
function pythonDump(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonDump).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return asciiJson(value);
  const members = Object.entries(value).map(([key, member]) => `${asciiJson(key)}: ${pythonDump(member)}`);
  return `{${members.join(', ')}}`;
}
