import type { Dataset } from './build.ts';

type Extent = Record<'minx' | 'miny' | 'maxx' | 'maxy', number>;

/** The rectangle around the GeoJSON of the extra `spatial`, in degrees; nothing where there is none to be read. */
export function extentFields(dataset: Dataset): Partial<Extent> {
  const geometry = spatialOf(dataset);
  if (geometry === undefined) return {};
  const extent: Extent = { minx: Infinity, miny: Infinity, maxx: -Infinity, maxy: -Infinity };
  widen(extent, geometry, 0);
  return Number.isFinite(extent.minx) && Number.isFinite(extent.miny) ? extent : {};
}

function spatialOf(dataset: Dataset): unknown {
  const extras = (Array.isArray(dataset['extras']) ? dataset['extras'] : []) as {
    key: string;
    value: unknown;
  }[];
  const text = extras.find((extra) => extra.key === 'spatial')?.value ?? dataset['spatial'];
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Publishers' mistakes are stored with the dataset; it is then found by everything but its place.
    return undefined;
  }
}

const deepestGeometry = 10;

function widen(extent: Extent, value: unknown, depth: number): void {
  if (depth > deepestGeometry || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const [x, y] = value as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      extent.minx = Math.min(extent.minx, x);
      extent.maxx = Math.max(extent.maxx, x);
      extent.miny = Math.min(extent.miny, y);
      extent.maxy = Math.max(extent.maxy, y);
    } else for (const part of value) widen(extent, part, depth + 1);
    return;
  }
  const { coordinates, geometries, geometry, features } = value as Record<string, unknown>;
  for (const part of [coordinates, geometries, geometry, features]) widen(extent, part, depth + 1);
}
