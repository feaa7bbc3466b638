import type { BoxOverlapNode } from '../../ast/box_overlap_node.ts';
import type { Clause } from './clauses.ts';

/** How well the boxes fit: twice what they share, by the sum of their areas. */
const fit = `
  double west = doc['number.minx'].value; double east = doc['number.maxx'].value;
  double south = doc['number.miny'].value; double north = doc['number.maxy'].value;
  double shared = Math.max(0.0, Math.min(params.east, east) - Math.max(params.west, west))
    * Math.max(0.0, Math.min(params.north, north) - Math.max(params.south, south));
  double fit = 2 * shared / (params.area + (east - west) * (north - south));
  return fit > 0 && fit <= 1 ? fit : 0.0;`;

/** Below what any two boxes of numbers of a whole earth can share. */
const least = 1e-35;

export function compileBox({ box }: BoxOverlapNode): Clause {
  const area = (box.east - box.west) * (box.north - box.south);
  return {
    script_score: {
      query: {
        bool: {
          filter: [
            { range: { 'number.minx': { lte: box.east } } },
            { range: { 'number.maxx': { gte: box.west } } },
            { range: { 'number.miny': { lte: box.north } } },
            { range: { 'number.maxy': { gte: box.south } } },
          ],
        },
      },
      script: { source: fit, params: { ...box, area } },
      min_score: least,
    },
  };
}
