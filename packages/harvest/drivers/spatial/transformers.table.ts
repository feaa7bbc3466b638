// Ways to make ISO 19139 of other standards: one line for each format that `guessStandard` tells apart.

export interface Transformer {
  format: string;
  /** @returns an ISO 19139 document, or undefined when it cannot make one */
  toIso(document: string): string | undefined;
}

/** None comes with Portolan; a record of another standard ends with `Transformation to ISO failed`. */
export const transformers: readonly Transformer[] = [];
