/** No document: a query whose words all vanished in analysis. */
export interface NothingNode {
  readonly kind: 'nothing';
}

export const nothing: NothingNode = Object.freeze({ kind: 'nothing' });
