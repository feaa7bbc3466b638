import type { Box } from '../ast/box_overlap_node.ts';
import { searchError } from './search_error.ts';

/**
 * `ext_bbox`: `minx,miny,maxx,maxy` in degrees, as a text or a list; brought between ±180 by whole turns.
 * @throws PortolanError `search`
 */
export function parseBox(value: unknown): Box {
  const parts: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const numbers = parts.map((part) => (typeof part === 'string' && part.trim() !== '' ? Number(part) : part));
  if (numbers.length !== 4 || !numbers.every((one) => typeof one === 'number' && Number.isFinite(one)))
    throw wrongBox();
  let [west, south, east, north] = numbers as [number, number, number, number];
  const turns =
    west < -180 ? Math.ceil((-180 - west) / 360) : west > 180 ? -Math.ceil((west - 180) / 360) : 0;
  west += turns * 360;
  east += turns * 360;
  // One so large that nobody can work out its area is none.
  if (!Number.isFinite((east - west) * (north - south))) throw wrongBox();
  return { west, south, east, north };
}

const wrongBox = () => searchError('Wrong bounding box provided');
