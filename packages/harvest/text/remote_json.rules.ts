/** Objects and lists that a document may hold: a feed of fifty megabytes has half a million. */
const most = 2_000_000;
/** Inside each other. */
const deepest = 256;

const [brace, bracket] = [0x7b, 0x5b];

/**
 * Reads JSON that others have written. What it costs in time and memory goes by its objects and lists, which may be as
 * short as three characters: they are counted before any of them is made. @throws SyntaxError
 */
export function parseRemoteJson(text: string): unknown {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if ((character === brace || character === bracket) && ++opened > most)
      throw new SyntaxError(`The document holds more than ${most} objects and lists`);
  }
  return JSON.parse(text);
}

/** Whether objects and lists are so deep inside each other that whoever walks through them might not come back. */
export const isTooDeep = (value: unknown, room = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (room === 0 || Object.values(value).some((one) => isTooDeep(one, room - 1)));

/** What is told of such a record. */
export const tooDeep = (record: string): string =>
  `Record ${record} has objects or lists more than ${deepest} deep inside each other and is left out`;
