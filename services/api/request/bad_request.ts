/**
 * A request that cannot be read. Answered with 400 and the text as a bare JSON string, as CKAN's released
 * versions do; clients compare the whole of `Bad request - Action name not known: …`.
 */
export class BadRequest extends Error {
  constructor(detail: string) {
    super(`Bad request - ${detail}`);
    this.name = 'BadRequest';
  }
}

/** A body whose type is nothing that parameters come in: 415. */
export class UnsupportedMediaType extends Error {}

/** A body over the limit: 413. */
export class BodyTooLarge extends Error {}

/** What a client of the legacy search API asks for and cannot have; answered with 400 and the text as a JSON string. */
export class BadSearchOption extends Error {
  constructor(detail: string) {
    super(`Bad search option: ${detail}`);
    this.name = 'BadSearchOption';
  }
}
