import { costOfJson, type JsonCost } from './json_cost.rules.ts';

/** Characters. */
const longest = 200 * 2 ** 20;
/** Megabytes of memory that what is parsed may be expected to take, beside its text: a feed of fifty megabytes takes 250. */
const mostMemory = 400;
/** Bytes that Node takes for each, at most, as measured, with those of a record that is made of it. */
const bytes = { opened: 250, values: 50, layouts: 350 };
/** Inside each other. */
const deepest = 256;

/**
 * Reads JSON that others have written. What it costs in time and memory goes by its objects, lists and values, which may
 * be as short as three characters, and by the layouts of its objects: they are counted before any of them is made.
 * Nothing else bounds it: while it parses JSON, a thread that comes to the end of its memory takes the whole process with
 * it, whatever its `resourceLimits`.
 * @throws SyntaxError
 */
export function parseRemoteJson(text: string): unknown {
  refuseCostlyJson(text);
  return JSON.parse(text);
}

/** @throws SyntaxError for a text that parsing might take half a gigabyte of memory for */
export function refuseCostlyJson(text: string): void {
  if (text.length > longest) throw new SyntaxError(`The document is longer than ${longest} characters`);
  const isTooMuch = (cost: JsonCost) => memoryOf(cost) > mostMemory;
  if (isTooMuch(costOfJson(text, isTooMuch)))
    throw new SyntaxError(`The document would take more than ${mostMemory} MB of memory to read`);
}

/** In megabytes. */
const memoryOf = ({ opened, values, layouts }: JsonCost): number =>
  (opened * bytes.opened + values * bytes.values + layouts * bytes.layouts) / 1e6;

/** Whether objects and lists are so deep inside each other that whoever walks through them might not come back. */
export const isTooDeep = (value: unknown, room = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (room === 0 || Object.values(value).some((one) => isTooDeep(one, room - 1)));

/** What is told of such a record. */
export const tooDeep = (record: string): string =>
  `Record ${record} has objects or lists more than ${deepest} deep inside each other and is left out`;
