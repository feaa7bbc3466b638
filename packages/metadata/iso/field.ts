/** How often ISO 19115 lets a value occur; `1` and `1..*` are mandatory. */
export type Cardinality = '1' | '0..1' | '*' | '1..*';

/**
 * One value of a record: where it stands (XPath, tried in order; the first path with any hit gives all values) and,
 * for a value of several parts, those, by paths below it.
 */
export interface Field {
  name: string;
  cardinality: Cardinality;
  paths: readonly string[];
  parts: readonly Field[] | undefined;
}

interface Typed<Name, Count, Parts> extends Field {
  name: Name & string;
  cardinality: Count & Cardinality;
  parts: Parts & Field['parts'];
}

/** A value that is a text. */
export const textField = <const Name extends string, const Count extends Cardinality>(
  name: Name,
  cardinality: Count,
  ...paths: string[]
): Typed<Name, Count, undefined> => ({ name, cardinality, paths, parts: undefined });

/** A value of several parts. */
export const groupField = <
  const Name extends string,
  const Count extends Cardinality,
  const Parts extends readonly Field[],
>(
  name: Name,
  cardinality: Count,
  parts: Parts,
  ...paths: string[]
): Typed<Name, Count, Parts> => ({ name, cardinality, paths, parts });

type Item<Of extends Field> = Of['parts'] extends readonly Field[] ? ValuesOf<Of['parts']> : string;

/** What a table of fields reads: a list where a value may be repeated, else the first value, or `''` for none. */
export type ValuesOf<Table extends readonly Field[]> = {
  [One in Table[number] as One['name']]: One['cardinality'] extends '1' | '0..1'
    ? Item<One> | ''
    : Item<One>[];
};
