import type { IndexDocument } from '../document/index_document.ts';

/** A document, and the place that it keeps among documents that are equal otherwise. */
export type PlacedDocument = IndexDocument & { number: number };

/** How documents stand in an index of OpenSearch. */
export interface IndexFormat {
  /** Names mapping and analysis: where it changes, another index is built. Lower-case letters and digits. */
  version: string;
  /** Settings and mappings of a new index. */
  body(): { settings?: Record<string, unknown>; mappings?: Record<string, unknown> };
  source(document: PlacedDocument): Record<string, unknown>;
}
