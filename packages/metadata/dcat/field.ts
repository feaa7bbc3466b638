import type { Name } from '../rdf/vocabulary.ts';

/**
 * How a value stands on both sides.
 * - `text`: a literal; read from a node it is the node's label, else its IRI
 * - `iri`: an address, whatever it is written as
 * - `date`: a literal with the datatype that fits
 * - `number`: a decimal
 * - `statement`: a node of class `range` with a label
 * - `list`: any number of literals and IRIs
 * - `notations`: any number of nodes of class `range` with a notation
 */
export type Kind = 'text' | 'iri' | 'date' | 'number' | 'statement' | 'list' | 'notations';

/** One property of DCAT-AP and where a dataset or a resource keeps it: read by harvesting, written by the catalogue. */
export interface Field {
  key: string;
  property: Name;
  kind: Kind;
  /** Read where `property` is missing. */
  or?: readonly Name[];
  /** Class of what the property points to. */
  range?: Name;
  /** Datatype of the literal. */
  datatype?: Name;
}
