import { createHash } from 'node:crypto';
import { Generations } from '../../analysis/generations.ts';
import { explicitFields, type Field, fieldOf } from '../../schema/field_type.ts';
import { nameMark, withoutMarks } from './marks.ts';

/** Where terms of a field stand in the index: in the mapped field `path`, each behind `prefix`. */
export interface Place {
  path: string;
  prefix: string;
}

/**
 * Names that the schema does not list share this many mapped fields by their hash: publishers may invent as many
 * extras as they like, and BM25 still counts each name for itself but for the few that meet.
 */
export const buckets = 256;

const isText = ({ type }: Field) => type === 'text' || type === 'text_general';
const isNumber = ({ type }: Field) => type === 'date' || type === 'int' || type === 'float';

const namesWhere = (fits: (field: Field) => boolean): string[] =>
  [...explicitFields].filter(([, field]) => fits(field)).map(([name]) => name);

export const ownTexts = namesWhere(isText);
export const ownNumbers = namesWhere(isNumber);
export const ownValues = namesWhere(({ type }) => type === 'string').concat('owner_org');

const own = {
  text: new Set(ownTexts),
  value: new Set(ownValues),
  order: new Set(ownTexts),
  number: new Set(ownNumbers),
};

export const bucketPath = (kind: string, bucket: number): string => `${kind}.x${bucket}`;

/** Catalogues have some hundred names of extras. */
const mostRemembered = 1000;
const shared = {
  text: new Generations<string, Place>(mostRemembered),
  value: new Generations<string, Place>(mostRemembered),
  order: new Generations<string, Place>(mostRemembered),
};

function place(kind: keyof typeof shared, field: string): Place {
  if (own[kind].has(field)) return { path: `${kind}.${field}`, prefix: '' };
  return shared[kind].of(field, () => sharedPlace(kind, field));
}

function sharedPlace(kind: keyof typeof shared, field: string): Place {
  const bucket = createHash('sha256').update(field).digest().readUInt16BE() % buckets;
  return { path: bucketPath(kind, bucket), prefix: `${withoutMarks(field)}${nameMark}` };
}

/** Of the terms of a text field. */
export const textPlace = (field: string): Place => place('text', field);

/** Of whole values: of an exact field, and of numbers and dates as they are written. */
export const valuePlace = (field: string): Place => place('value', field === 'type' ? 'dataset_type' : field);

/** Of values to sort by, of text fields and of fields that the schema does not list. */
export const orderPlace = (field: string): Place => place('order', field);

/** Beside each whole value the same once more, for searches that score it. */
export const scoredName = 'scored';

export const scoredPath = ({ path }: Place): string => `${path}.${scoredName}`;

/** Of numbers, and dates in milliseconds; undefined where the schema has no such field of its own. */
export const numberPath = (field: string): string | undefined =>
  own.number.has(field) ? `number.${field}` : undefined;

/** Of the whole text whose parts a field of parts is found by. */
export const partsPath = (field: string): string => (field === 'name_ngram' ? 'value.name' : titlePath);

/** The title in lower case: sorted by, and found by its parts. */
export const titlePath = 'title_order';

/** Names of the fields that a document has. */
export const presencePath = 'present';

/** Where the terms of any field stand. */
export const placeOf = (field: string): Place =>
  isText(fieldOf(field)) ? textPlace(field) : valuePlace(field);
