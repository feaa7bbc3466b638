/** Degrees; east of west even where the box crosses the date line. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Documents whose extent overlaps the box in an area, scored by how well the two fit. */
export interface BoxOverlapNode {
  readonly kind: 'boxOverlap';
  readonly box: Box;
}

export const boxOverlapNode = (box: Box): BoxOverlapNode => Object.freeze({ kind: 'boxOverlap', box });
