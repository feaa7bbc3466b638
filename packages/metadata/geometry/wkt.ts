import { geojsonToWKT, wktToGeoJSON } from '@terraformer/wkt';
import type { GeoJsonObject } from 'geojson';

/**
 * Well-known text (OGC 06-103r4) as a GeoJSON text, with numbers as Python writes floats, since clients compare
 * the texts; undefined when it is none, or empty.
 */
export function geoJsonFromWkt(text: string): string | undefined {
  try {
    const geometry = wktToGeoJSON(text.trim().toUpperCase()) as { type: string; coordinates?: unknown[] };
    if (geometry.coordinates?.length === 0) return undefined;
    return print({
      type: geometry.type,
      ...('coordinates' in geometry ? { coordinates: geometry.coordinates } : geometry),
    });
  } catch {
    return undefined; // Publishers write all kinds of things there; the dataset is worth more than its place.
  }
}

/** A GeoJSON geometry's text as well-known text; undefined when it is none. */
export function wktFromGeoJson(text: string): string | undefined {
  try {
    return geojsonToWKT(JSON.parse(text) as never);
  } catch {
    return undefined;
  }
}

/** Whether a text is a GeoJSON object. */
export function isGeoJson(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as GeoJsonObject | null)?.type === 'string';
  } catch {
    return false;
  }
}

function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}: ${print(member)}`)
      .join(', ')}}`;
  return Number.isInteger(value) ? `${value}.0` : JSON.stringify(value);
}
