import { byCodePoint, type FacetValue } from '@portolan/search';
import type { Call } from '../action/call.ts';
import { licenseOf } from '../dataset/licenses.ts';

interface FacetItem {
  name: string;
  display_name: string;
  count: number;
}

/**
 * `search_facets`: the facets with what a reader calls their values, groups and organizations by title, licences
 * as the register has them; sorted by that, backwards, as CKAN sorts them.
 */
export async function facetTitles(
  call: Call,
  facets: Record<string, FacetValue[]>,
): Promise<Record<string, { title: string; items: FacetItem[] }>> {
  const titles = await groupTitles(call, facets);
  const shown: Record<string, { title: string; items: FacetItem[] }> = {};
  for (const [field, values] of Object.entries(facets)) {
    const items = values.map(({ value, count }) => ({
      name: value,
      display_name: displayName(field, value, titles),
      count,
    }));
    shown[field] = { title: field, items: items.sort(byNameBackwards) };
  }
  return shown;
}

function displayName(field: string, value: string, titles: Map<string, string | null>): string {
  if (field === 'license_id') return licenseOf(value)?.title ?? value;
  if (field !== 'groups' && field !== 'organization') return value;
  const title = titles.get(value);
  return title?.trim() ? title : value;
}

async function groupTitles(
  call: Call,
  facets: Record<string, FacetValue[]>,
): Promise<Map<string, string | null>> {
  const names = [...(facets['groups'] ?? []), ...(facets['organization'] ?? [])].map(({ value }) => value);
  if (names.length === 0) return new Map();
  const rows = await call.sql.prepared<{ name: string; title: string | null }>(
    'titles_of_groups',
    'SELECT name, title FROM "group" WHERE name = ANY ($1)',
    [names],
  );
  return new Map(rows.map(({ name, title }) => [name, title]));
}

const byNameBackwards = (a: FacetItem, b: FacetItem): number => byCodePoint(b.display_name, a.display_name);
