import type { Params } from '@portolan/catalogue';
import { BadRequest } from './bad_request.ts';
import { pythonRepr } from './python_repr.ts';

const wrongJson = (error: string) =>
  new BadRequest(
    `JSON Error: Error decoding JSON data. Error: ${error} JSON data extracted from the request: {}`,
  );

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Parameters from a JSON body: UTF-8, an object, not nested deeper than `depth`. */
export function parseJsonBody(body: Uint8Array, depth: number): Params {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch (cause) {
    throw Object.assign(wrongJson(`<BadRequest '400: Bad Request'>`), { cause });
  }
  return parseJsonText(text, depth, `<BadRequest '400: Bad Request'>`);
}

/** Parameters from JSON that came as the name of a form's only field, which is how curl's `-d '{…}'` arrives. */
export function parseJsonFieldName(text: string, depth: number): Params {
  return parseJsonText(text, depth, decodeError(text));
}

/** What Python says of text that breaks off at its beginning; of a later fault the place is not told. */
function decodeError(text: string): string {
  const place = 'line 1 column 2 (char 1)';
  if (text === '{')
    return `JSONDecodeError("Expecting property name enclosed in double quotes or '}': ${place}")`;
  if (/^\{[^"}\s]/.test(text))
    return `JSONDecodeError('Expecting property name enclosed in double quotes: ${place}')`;
  return `JSONDecodeError('Expecting value: line 1 column 1 (char 0)')`;
}

function parseJsonText(text: string, depth: number, error: string): Params {
  if (nesting(text, depth) > depth) throw wrongJson(`nested more than ${depth} deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw Object.assign(wrongJson(error), { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadRequest(
      `JSON Error: Request data JSON decoded to ${pythonRepr(value)} but it needs to be a dictionary.`,
    );
  return value as Params;
}

/** How deep brackets nest, up to one more than `enough`; brackets inside texts do not count. */
function nesting(text: string, enough: number): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (deepest > enough) return deepest;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}
