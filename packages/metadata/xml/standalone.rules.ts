/** A start tag as Canonical XML writes it, without comments; an instruction may hold anything, and is passed over. */
const piece = /<\?[\s\S]*?\?>|<([^\s!?/>]+)((?: [^\s=]+="[^"]*")*)>/g;
const attribute = / ([^\s=]+)="([^"]*)"/g;
const declared = /^xmlns:(.+)$/;
const qualified = /^([^\s:/]+):[^\s:/]+$/;

/**
 * The canonical text of an element as it would be had the element stood anywhere else: each namespace prefix that it
 * uses is declared once, on its first tag, and none that it does not use. So a record reads the same whichever answer
 * of a server it was cut out of. A prefix that means several things within the element stays as it is.
 */
export function standaloneText(canonical: string): string {
  const { used, meanings, unprefixed } = prefixesOf(canonical);
  const hoisted = new Map<string, string>();
  for (const [prefix, uris] of meanings)
    if (used.has(prefix) && uris.size === 1) hoisted.set(prefix, [...uris][0] ?? '');
  let first = true;
  return canonical.replace(piece, (whole, name: string | undefined, attributes: string) => {
    if (name === undefined) return whole;
    const root = first;
    first = false;
    if (!root && !attributes.includes(' xmlns:')) return whole;
    const kept = attributes.replace(attribute, (text, key: string) => {
      const prefix = declared.exec(key)?.[1];
      if (prefix !== undefined) return hoisted.has(prefix) || !used.has(prefix) ? '' : text;
      return root && key === 'xmlns' && !unprefixed ? '' : text;
    });
    return `<${name}${root ? withDeclarations(kept, hoisted) : kept}>`;
  });
}

/** Declarations stand first, the default one before the others, those by prefix. */
function withDeclarations(attributes: string, hoisted: ReadonlyMap<string, string>): string {
  const own = [...attributes.matchAll(attribute)];
  const isDeclaration = (key: string | undefined) => key === 'xmlns' || declared.test(key ?? '');
  const declarations = [
    ...own.filter(([, key]) => isDeclaration(key)).map(([text]) => text),
    ...[...hoisted].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`),
  ].sort();
  return [...declarations, ...own.filter(([, key]) => !isDeclaration(key)).map(([text]) => text)].join('');
}

interface Prefixes {
  /** In names, and in attributes' values that look like names (`xsi:type`). */
  used: Set<string>;
  meanings: Map<string, Set<string>>;
  /** Whether some element has no prefix. */
  unprefixed: boolean;
}

function prefixesOf(canonical: string): Prefixes {
  const used = new Set<string>();
  const meanings = new Map<string, Set<string>>();
  let unprefixed = false;
  for (const [, name, attributes] of canonical.matchAll(piece)) {
    if (name === undefined) continue;
    const colon = name.indexOf(':');
    if (colon < 0) unprefixed = true;
    else used.add(name.slice(0, colon));
    if (!attributes) continue;
    for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
      const prefix = declared.exec(key)?.[1];
      if (prefix !== undefined) {
        const uris = meanings.get(prefix) ?? new Set();
        meanings.set(prefix, uris.add(value));
        continue;
      }
      for (const text of [key, value]) {
        const mentioned = qualified.exec(text)?.[1];
        if (mentioned !== undefined) used.add(mentioned);
      }
    }
  }
  return { used, meanings, unprefixed };
}
