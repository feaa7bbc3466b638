/** A term at a position; several may share one. Positions count from 0 and may leave holes. */
export interface Token {
  term: string;
  position: number;
}
