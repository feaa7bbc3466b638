import type { CallerContext } from '../validators/sysadmin.ts';

/** What the rules of a dataset have to know, read ahead of them with a fixed number of statements. */
export interface DatasetContext extends CallerContext {
  /** The dataset that is updated; nothing for a new one. */
  readonly current: { id: string; owner_org: string | null } | undefined;
  /** Whether what the caller sends as `state` counts. */
  readonly mayChangeState: boolean;
  /** Whether datasets need no organisation. */
  readonly unownedAllowed: boolean;
  /** The organisation behind an id or name, or why the caller cannot have it. */
  owner(reference: string): { id: string } | { problem: string } | undefined;
  /** Whether another dataset that is not deleted has the name. */
  isNameTaken(name: string): boolean;
  isDatasetId(id: string): boolean;
  isVocabulary(id: string): boolean;
  /** Whether a resource of another dataset has the id. */
  isForeignResource(id: string): boolean;
  /** The table's spelling of a format, or the text itself. */
  canonicalFormat(format: string): string;
  /** Media type by the end of an address; one that names nothing but a host has none. */
  guessMediaType(url: string): string | undefined;
}
