import { editDistance } from '../analysis/edit_distance.ts';

/** Names that are told of. */
const most = 3;

/** Names of `known` that somebody may have meant by `name`: a slip or a few, or what the name is a part of. */
export function nearestFields(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const slips = Math.max(1, Math.floor(name.length / 3));
  const near = known.flatMap((field) => {
    const distance = editDistance(wanted, field.toLowerCase(), slips);
    if (distance <= slips) return [{ field, distance }];
    const holds = wanted.length > 2 && field.toLowerCase().split(/[-_]/).includes(wanted);
    return holds ? [{ field, distance: slips + 1 }] : [];
  });
  near.sort((a, b) => a.distance - b.distance || (a.field < b.field ? -1 : 1));
  return near.slice(0, most).map(({ field }) => field);
}
