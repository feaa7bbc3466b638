import { describe, expect, it } from 'vitest';
import { formats } from './formats.table.ts';
import { canonicalFormat } from './formats.ts';

describe('canonicalFormat', () => {
  it.each([
    ['csv', 'CSV'],
    ['TEXT/CSV', 'CSV'],
    ['application/json', 'JSON'],
    ['GeoJson', 'GeoJSON'],
    ['htm', 'HTML'],
    ['Esri Rest', 'Esri REST'],
    ['arcgis_rest', 'Esri REST'],
    ['application/vnd.ms-word.document.macroEnabled.12', 'DOCM'],
    ['made up', 'made up'],
    ['', ''],
    ['constructor', 'constructor'],
  ])('of %j is %j', (format, spelling) => {
    expect(canonicalFormat(format)).toBe(spelling);
  });

  it('knows every text of the table for one format only', () => {
    const texts = Object.entries(formats).flatMap(([name, others]) => [name, ...others]);
    const lower = texts.map((text) => text.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });
});
