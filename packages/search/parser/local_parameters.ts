// `{!name key=value …}` as CKAN reads it, to tell which of Solr's parsers a client asks for.

const key = '[A-Za-z0-9_.]+';
const value = String.raw`"[^"\n]+"|'[^'\n]+'|[A-Za-z0-9_$]+`;
const piece = new RegExp(`\\s*(${key})(?:\\s*=\\s*(${value}))?`, 'y');

export interface LocalParameters {
  /** The first bare word, or the value of `type`; an empty text where neither is given. */
  parser: string;
  parameters: Map<string, string>;
  /** What follows the block. */
  rest: string;
}

/** The leading local parameters of a parameter; undefined where there are none. */
export function readLocalParameters(text: string): LocalParameters | { problem: string } | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{!')) return undefined;
  if (!trimmed.includes('}')) return { problem: 'substring not found' };
  const parameters = new Map<string, string>();
  let parser: string | undefined;
  let at = 2;
  for (let first = true; ; first = false) {
    piece.lastIndex = at;
    const found = piece.exec(trimmed);
    if (!found) break;
    at = piece.lastIndex;
    const [, name, given] = found;
    if (first && given === undefined) parser = name;
    else parameters.set(name!, given?.replace(/^(["'])(.*)\1$/s, '$2') ?? '');
  }
  const rest = trimmed.slice(at).trimStart();
  if (at === 2 || !rest.startsWith('}')) return { problem: `Expected '}', found '${rest.slice(0, 20)}'` };
  return { parser: parser ?? parameters.get('type') ?? '', parameters, rest: rest.slice(1) };
}
