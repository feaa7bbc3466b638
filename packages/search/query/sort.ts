import { javaSpaces } from '../analysis/white_space.ts';
import { mostSortItems } from '../parser/limits.ts';
import { searchQueryError } from './search_error.ts';

export interface SortItem {
  /** A field's name, or `score`. */
  by: string;
  descending: boolean;
}

const item = new RegExp(
  `^[${javaSpaces}]*([^${javaSpaces}"'()]+)[${javaSpaces}]+(asc|desc)[${javaSpaces}]*(?:,|$)`,
  'i',
);

/**
 * `field asc|desc`, several parted by commas; an empty text sorts by score. A comma may end it.
 * @throws PortolanError `searchQuery`
 */
export function parseSort(text: string): SortItem[] {
  const items: SortItem[] = [];
  let rest = text;
  while (rest !== '') {
    const found = item.exec(rest);
    if (!found) throw searchQueryError('Invalid "sort" parameter');
    if (items.length === mostSortItems)
      throw searchQueryError(`Invalid "sort" parameter: more than ${mostSortItems} fields`);
    items.push({ by: found[1]!, descending: found[2]!.toLowerCase() === 'desc' });
    rest = rest.slice(found[0].length);
  }
  return items.length > 0 ? items : [{ by: 'score', descending: true }];
}
