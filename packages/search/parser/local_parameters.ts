// `{!name key=value …}` as CKAN reads it, to tell which of Solr's parsers a client asks for.

const key = '[A-Za-z0-9_.]+';
const value = String.raw`"[^"\n]+"|'[^'\n]+'|[A-Za-z0-9_$]+`;
const piece = new RegExp(`\\s*(${key})(?:\\s*=\\s*(${value}))?`, 'y');

export type LocalParameters = { parser: string } | { problem: string };

/** The parser that a parameter's leading local parameters name; undefined where there are none. */
export function localParametersOf(text: string): LocalParameters | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{!')) return undefined;
  const end = trimmed.lastIndexOf('}');
  if (end < 0) return { problem: 'substring not found' };
  let parser: string | undefined;
  let at = 2;
  for (let first = true; ; first = false) {
    piece.lastIndex = at;
    const found = piece.exec(trimmed);
    if (!found) break;
    at = piece.lastIndex;
    const [, name, text] = found;
    if (first && text === undefined) parser = name;
    else if (name === 'type' && text !== undefined) parser ??= text.replace(/^["']|["']$/g, '');
  }
  const rest = trimmed.slice(at).trimStart();
  if (at === 2 || !rest.startsWith('}')) return { problem: `Expected '}', found '${rest.slice(0, 20)}'` };
  return { parser: parser ?? '' };
}
