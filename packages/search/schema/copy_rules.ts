const intoText = new Set([
  'title',
  'name',
  'notes',
  'tags',
  'groups',
  'organization',
  'license',
  'res_name',
  'res_description',
  'maintainer',
  'author',
  'urls',
  'text',
]);
const intoUrls = new Set(['url', 'ckan_url', 'download_url', 'res_url']);
const textPrefixes = ['extras_', 'res_extras_', 'vocab_'];

/**
 * The fields that a field's values are also searched in. One level only: what `urls` receives does not go on
 * into `text`, so addresses are not found by free text. Source: `copyField` in CKAN's `schema.xml`.
 */
export function copiesOf(name: string): string[] {
  const copies: string[] = [];
  if (intoText.has(name) || textPrefixes.some((prefix) => name.startsWith(prefix))) copies.push('text');
  if (intoUrls.has(name)) copies.push('urls');
  if (name === 'title' || name === 'name') copies.push(`${name}_ngram`);
  return copies;
}
