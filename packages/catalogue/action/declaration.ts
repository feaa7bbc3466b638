import type { Call, Params, WriteCall } from './call.ts';

/** A parameter as help, the OpenAPI page and the command line describe it. Checking is the action's own. */
export interface Parameter {
  type: 'text' | 'integer' | 'boolean' | 'list' | 'object' | 'file' | 'any';
  required?: boolean;
  meaning: string;
}

interface Described<Subject> {
  /** CKAN's name of the action, and of its file. */
  name: string;
  /** What it does, in a sentence or two: shown by help_show and the OpenAPI page. */
  summary: string;
  parameters: Record<string, Parameter>;
  /**
   * Whether the answer may name the people that datasets name, where the portal hides them (profile `datagovuk`):
   * only to who may change the dataset. Without it the answer never does.
   */
  namesPeople?(call: Call, params: Params, subject: Subject): Promise<boolean> | boolean;
}

/** An action that changes nothing: GET is allowed, the read-only gate lets it through. */
export interface ReadAction<Subject = unknown> extends Described<Subject> {
  effect: 'read';
  /** Its answers carry an ETag: what `handle` gives with the text, else a hash of the answer. */
  conditional?: true;
  /** Its answers are of the moment: nobody may keep them, however long others may be kept. */
  fleeting?: true;
  /** Finds what the call is about and decides; throws `notFound`, `denied` or, where CKAN asks first, `invalid`. */
  authorise(call: Call, params: Params): Promise<Subject> | Subject;
  handle(call: Call, params: Params, subject: Subject): Promise<unknown> | unknown;
}

/** An action that changes something: POST alone, in one transaction, refused while the gate is closed. */
export interface WriteAction<Subject = unknown> extends Described<Subject> {
  effect: 'write';
  transaction?: undefined;
  authorise(call: WriteCall, params: Params): Promise<Subject> | Subject;
  handle(call: WriteCall, params: Params, subject: Subject): Promise<unknown> | unknown;
}

/**
 * A write in many steps, each in a transaction of its own, so that the call itself holds no connection: POST alone,
 * refused while the gate is closed.
 */
export interface SteppedAction<Subject = unknown> extends Described<Subject> {
  effect: 'write';
  transaction: 'own';
  authorise(call: Call, params: Params): Promise<Subject> | Subject;
  handle(call: Call, params: Params, subject: Subject): Promise<unknown> | unknown;
}

// The subject's type matters inside one declaration only.
// biome-ignore lint/suspicious/noExplicitAny: the table holds actions of every subject
export type Action = ReadAction<any> | WriteAction<any> | SteppedAction<any>;

export const readAction = <Subject>(action: Omit<ReadAction<Subject>, 'effect'>): ReadAction<Subject> =>
  Object.freeze({ effect: 'read', ...action });

export const steppedAction = <Subject>(
  action: Omit<SteppedAction<Subject>, 'effect' | 'transaction'>,
): SteppedAction<Subject> => Object.freeze({ effect: 'write', transaction: 'own', ...action });

export const writeAction = <Subject>(action: Omit<WriteAction<Subject>, 'effect'>): WriteAction<Subject> =>
  Object.freeze({ effect: 'write', ...action });

/** A result that is JSON text already: spliced into the answer, never parsed and printed again. */
export class JsonText {
  readonly text: string;
  /** Strong validator of the text. */
  readonly etag: string | undefined;

  constructor(text: string, etag?: string) {
    this.text = text;
    this.etag = etag;
  }
}

/** The result that the caller has already, by its validator. */
export class Unchanged {
  readonly etag: string;

  constructor(etag: string) {
    this.etag = etag;
  }
}
