import type { Staged } from '@portolan/storage';

/** A file of a multipart request: already received, not yet kept. Whoever does not keep it discards it. */
export class Upload {
  /** As the client named it. */
  readonly filename: string;
  /** Media type that the client declared. */
  readonly contentType: string | undefined;
  readonly staged: Staged;

  constructor(filename: string, contentType: string | undefined, staged: Staged) {
    this.filename = filename;
    this.contentType = contentType;
    this.staged = staged;
  }

  /** A file sent in the place of a text stands for its name. */
  toJSON(): string {
    return this.filename;
  }
}
