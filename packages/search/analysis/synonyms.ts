/** A word, lower case, to all the words it stands for when searched. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

function group(...words: string[]): [string, string[]][] {
  return words.map((word) => [word, [...new Set(words)]]);
}

/** The groups of Solr's default configuration, with which CKAN's own image searches. */
export const defaultSynonyms: Synonyms = new Map([
  ...group('gb', 'gib', 'gigabyte', 'gigabytes'),
  ...group('mb', 'mib', 'megabyte', 'megabytes'),
  ...group('television', 'televisions', 'tv', 'tvs'),
  ['pixima', ['pixma']],
]);
