export type Fields = Record<string, unknown>;

/** Where a validator stands. */
export interface Field<Context> {
  readonly name: string;
  /** The record that the field is in: fields declared before this one are already converted. */
  readonly record: Fields;
  /** The whole of what is validated; the same as `record` outside lists. */
  readonly root: Fields;
  /** Names and positions from the root, this field's name last. */
  readonly path: readonly (string | number)[];
  /** Whatever the schema's author chose: caller, settings, SQL, facts read ahead. */
  readonly context: Context;
}

/**
 * Takes a value (`undefined` when the field was not sent) and gives back the value that replaces it, or a
 * `Verdict`. May be asynchronous; better is a schema whose facts are read ahead, with one statement for all rows.
 */
export type Validator<Context = unknown> = (value: unknown, field: Field<Context>) => unknown;

/** Adds a message for a field, which may be a pseudo field such as `extras_validation`. */
export type Report = (field: string, message: string) => void;

/** Looks at, and may change, a whole record. */
export type RecordValidator<Context = unknown> = (
  record: Fields,
  place: { report: Report; root: Fields; context: Context },
) => void | Promise<void>;

/** A field that holds a list of records. */
export interface ListOf<Context> {
  readonly each: Schema<Context>;
}

/**
 * The rules of one kind of record. They run in this order: `before`; the chains of plain fields, in the order of
 * their declaration; the lists of records; what to do with unknown fields; `after`.
 */
export interface Schema<Context = unknown> {
  readonly before?: readonly RecordValidator<Context>[];
  readonly fields: Readonly<Record<string, readonly Validator<Context>[] | ListOf<Context>>>;
  /**
   * Fields that are not declared: `ignore` takes them out, `keep` leaves them, `refuse` is one error under
   * `__extras`. CKAN's `ignore`, `keep_extras` and `empty`.
   */
  readonly unknown: 'ignore' | 'keep' | 'refuse';
  /** What is in a list of objects that stands where a plain value belongs: ignored, or an error under `__junk`. */
  readonly junk?: 'refuse';
  readonly after?: readonly RecordValidator<Context>[];
}

export const listOf = <Context>(each: Schema<Context>): ListOf<Context> => ({ each });

export const isList = <Context>(
  rule: readonly Validator<Context>[] | ListOf<Context>,
): rule is ListOf<Context> => 'each' in rule;
