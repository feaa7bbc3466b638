import type { SaxesTagNS } from 'saxes';
import type { Shape } from './structure.table.ts';

/** Violations that are told one by one; of the others how many they are. */
const mostTold = 5;

/** Compares a document's elements, as a parser meets them, with what they should be. */
export interface StructureCheck {
  /** @param line on which its start tag ends, from 1 */
  open(tag: SaxesTagNS, line: number): void;
  close(): void;
  /** What is wrong, each with its line; undefined for nothing. */
  verdict(): string | undefined;
}

interface Frame {
  name: string;
  line: number;
  /** None inside an element that nothing is known of. */
  shape: Shape | undefined;
  children: Map<string, number>;
}

export function structureCheck(root: string, shape: Shape, namespace: string): StructureCheck {
  const frames: Frame[] = [];
  const told: string[] = [];
  let violations = 0;
  const tell = (line: number, what: string) => {
    violations++;
    if (told.length < mostTold) told.push(`line ${line}: ${what}`);
  };

  /** What an element should be; undefined for one that should not be where it is. */
  function expected({ local, uri }: SaxesTagNS, line: number): Shape | undefined {
    const parent = frames.at(-1);
    if (parent && !parent.shape) return undefined;
    const name = uri === namespace ? local : `{${uri}}${local}`;
    if (!parent) {
      if (name === root) return shape;
      tell(line, `the document is '${name}', not '${root}'`);
      return undefined;
    }
    const child = Object.hasOwn(parent.shape?.children ?? {}, name)
      ? parent.shape?.children[name]
      : undefined;
    if (!child) {
      tell(line, `'${name}' is not expected in '${parent.name}'`);
      return undefined;
    }
    const count = (parent.children.get(name) ?? 0) + 1;
    parent.children.set(name, count);
    if (count === 2 && !child.occurs.includes('*'))
      tell(line, `'${parent.name}' has more than one '${name}'`);
    return child.shape;
  }

  function checkAttributes(
    { local, attributes }: SaxesTagNS,
    known: Shape['attributes'],
    line: number,
  ): void {
    const own = new Map(
      Object.values(attributes)
        .filter((one) => one.prefix === '' && one.local !== 'xmlns')
        .map((one) => [one.local, one.value]),
    );
    for (const [name, value] of own)
      if (!Object.hasOwn(known, name)) tell(line, `'${local}' has an attribute '${name}'`);
      else if (known[name]?.date && value !== '' && !/^\d{4}-\d\d-\d\d(T|Z|[+-]|$)/.test(value))
        tell(line, `'${name}' of '${local}' is no date`);
    for (const [name, { required }] of Object.entries(known))
      if (required && !own.has(name)) tell(line, `'${local}' has no attribute '${name}'`);
  }

  return {
    open(tag, line) {
      const found = expected(tag, line);
      if (found) checkAttributes(tag, found.attributes, line);
      frames.push({ name: tag.local, line, shape: found, children: new Map() });
    },
    close() {
      const frame = frames.pop();
      for (const [name, { occurs }] of Object.entries(frame?.shape?.children ?? {}))
        if (occurs.startsWith('1') && !frame?.children.has(name))
          tell(frame?.line ?? 0, `'${frame?.name}' has no '${name}'`);
    },
    verdict() {
      if (violations === 0) return undefined;
      const more = violations - told.length;
      return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
    },
  };
}
