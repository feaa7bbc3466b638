import type { IsoValues } from '@portolan/metadata';
import { pythonNumber } from '../../text/python_number.rules.ts';

type Box = IsoValues['bbox'][number];

/** A record's extent as extras, and what is odd about it. */
export interface Extent {
  extras: { key: string; value: string }[];
  problems: string[];
}

/** The first bounding box: its sides as they stand, and the polygon west first. */
export function extentOf(boxes: IsoValues['bbox']): Extent {
  const box = boxes[0];
  if (box === undefined) return { extras: [], problems: [] };
  const sides = sidesOf(box);
  const [west, south, east, north] = [box.west, box.south, box.east, box.north].map(number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) {
    const wrong = [box.west, box.east, box.south, box.north].find((side) => number(side) === undefined);
    return {
      extras: sides,
      problems: [`Error parsing bounding box value: could not convert string to float: '${wrong}'`],
    };
  }
  const corner = (x: number, y: number) => `[${pythonNumber(x)}, ${pythonNumber(y)}]`;
  if (west === east || south === north)
    return {
      extras: [
        ...sides,
        { key: 'spatial', value: `{"type": "Point", "coordinates": ${corner(west, south)}}` },
      ],
      problems: ['Point extent defined instead of polygon'],
    };
  const ring = [
    corner(west, south),
    corner(east, south),
    corner(east, north),
    corner(west, north),
    corner(west, south),
  ];
  const spatial = `{"type": "Polygon", "coordinates": [[${ring.join(', ')}]]}`;
  return { extras: [...sides, { key: 'spatial', value: spatial }], problems: [] };
}

export const sidesOf = (box: Box): { key: string; value: string }[] => [
  { key: 'bbox-east-long', value: box.east },
  { key: 'bbox-north-lat', value: box.north },
  { key: 'bbox-south-lat', value: box.south },
  { key: 'bbox-west-long', value: box.west },
];

const digits = String.raw`\d+(?:_\d+)*`;
const decimal = new RegExp(
  String.raw`^\s*[+-]?(?:${digits}\.?(?:${digits})?|\.${digits})(?:e[+-]?${digits})?\s*$`,
  'i',
);

/** A finite number as Python reads it. */
function number(text: string): number | undefined {
  return decimal.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
