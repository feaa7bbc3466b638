export interface PhrasePosition {
  /** Distance from the first word. */
  readonly offset: number;
  readonly terms: readonly string[];
}

/** Documents in whose field the terms stand at these places, or within `slop` moves of them. */
export interface PhraseNode {
  readonly kind: 'phrase';
  readonly field: string;
  readonly positions: readonly PhrasePosition[];
  readonly slop: number;
}

export const phraseNode = (field: string, positions: readonly PhrasePosition[], slop: number): PhraseNode =>
  Object.freeze({ kind: 'phrase', field, positions: Object.freeze([...positions]), slop });
