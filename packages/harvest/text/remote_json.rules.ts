/** Objects and lists that a document may hold: a feed of fifty megabytes has half a million. */
const most = 2_000_000;
/** Values, in all of them together. */
const mostValues = 8_000_000;
/** Characters. */
const longest = 200 * 2 ** 20;
/** Inside each other. */
const deepest = 256;

const [brace, bracket, comma] = [0x7b, 0x5b, 0x2c];

/**
 * Reads JSON that others have written. What it costs in time and memory goes by its objects, lists and values, which may
 * be as short as three characters: they are counted before any of them is made. Nothing else bounds it: while it parses
 * JSON, a thread that comes to the end of its memory takes the whole process with it, whatever its `resourceLimits`.
 * @throws SyntaxError
 */
export function parseRemoteJson(text: string): unknown {
  refuseCostlyJson(text);
  return JSON.parse(text);
}

/** @throws SyntaxError for a text that parsing might take a gigabyte of memory for */
export function refuseCostlyJson(text: string): void {
  if (text.length > longest) throw new SyntaxError(`The document is longer than ${longest} characters`);
  let opened = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === comma) values++;
    else if (character === brace || character === bracket) opened++;
  }
  if (opened > most) throw new SyntaxError(`The document holds more than ${most} objects and lists`);
  if (values > mostValues) throw new SyntaxError(`The document holds more than ${mostValues} values`);
}

/** Whether objects and lists are so deep inside each other that whoever walks through them might not come back. */
export const isTooDeep = (value: unknown, room = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (room === 0 || Object.values(value).some((one) => isTooDeep(one, room - 1)));

/** What is told of such a record. */
export const tooDeep = (record: string): string =>
  `Record ${record} has objects or lists more than ${deepest} deep inside each other and is left out`;
