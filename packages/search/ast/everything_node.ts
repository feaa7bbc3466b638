/** All documents, each with the score 1. */
export interface EverythingNode {
  readonly kind: 'everything';
}

export const everything: EverythingNode = Object.freeze({ kind: 'everything' });
