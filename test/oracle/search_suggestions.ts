import fc from 'fast-check';
import { extraKeys, formats, organizations, tagNames } from './search_corpus.ts';
import { searchRequests } from './search_queries.ts';
import { wordsOf } from './search_words.ts';

/** A request of what searches besides `package_search`. */
export interface Asked {
  /** Where a CKAN has it. */
  path: string;
  /** Where we have it, if that is another place. */
  ours?: string;
  parameters: [name: string, value: string][];
  /** Results when the client names no `limit`. */
  most?: number;
}

const limit = fc.constantFrom('', '0', '1', '3', '1000', '-1', 'x', ' 2 ', '2.5');

/** What somebody types: a part of a word or of a name, in any case. */
function typed(seed: number): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...wordsOf(seed), ...tagNames, ...organizations, ...formats, ...extraKeys);
  const part = fc.tuple(whole, fc.nat(6), fc.integer({ min: 1, max: 8 })).map(
    ([text, from, length]) =>
      Array.from(text)
        .slice(from, from + length)
        .join('') || text,
  );
  const spoken = fc.oneof({ weight: 2, arbitrary: whole }, { weight: 4, arbitrary: part });
  return fc.oneof(
    { weight: 6, arbitrary: spoken },
    { weight: 2, arbitrary: spoken.map((text) => text.toUpperCase()) },
    { weight: 1, arbitrary: fc.tuple(spoken, spoken).map((both) => both.join(' ')) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '%', '_', '\\', '"', '*', "'", '%%', 'a%', '-') },
  );
}

/** Generated requests over the words of a corpus. */
export function suggestionRequests(seed: number): fc.Arbitrary<Asked> {
  const text = typed(seed);
  const limited = (paths: string[], key: string, most = Number.POSITIVE_INFINITY): fc.Arbitrary<Asked> =>
    fc.tuple(fc.constantFrom(...paths), text, fc.option(limit, { freq: 3 })).map(([path, typed, count]) => ({
      path,
      parameters:
        count === null
          ? [[key, typed]]
          : [
              [key, typed],
              ['limit', count],
            ],
      most,
    }));
  const action = (name: string, key: string, most?: number) => limited([`/api/3/action/${name}`], key, most);
  const util = (name: string, key: string, most: number) =>
    limited(
      ['', '/1', '/2'].map((version) => `/api${version}/util/${name}`),
      key,
      most,
    );
  const resource = fc
    .tuple(fc.constantFrom('name', 'format', 'description', 'url', 'hash', 'nowhere', ''), text)
    .map(
      ([field, one]): Asked => ({
        path: '/api/3/action/resource_search',
        parameters: [['query', `${field}:${one}`]],
      }),
    );
  const legacy = searchRequests(seed).map(
    (request): Asked => ({
      path: '/api/3/action/package_search',
      ours: '/api/3/search/dataset',
      parameters: [
        ...(request['sort'] === undefined ? [['sort', 'id asc'] as [string, string]] : []),
        ...(request['fl'] === undefined ? [['fl', 'id,name'] as [string, string]] : []),
        ...Object.entries(request).flatMap(([name, value]) =>
          (name !== 'facet.field' && Array.isArray(value) ? value : [value]).map((one): [string, string] => [
            name,
            typeof one === 'string' ? one : JSON.stringify(one),
          ]),
        ),
      ],
    }),
  );
  return fc.oneof(
    { weight: 6, arbitrary: action('package_autocomplete', 'q', 10) },
    { weight: 3, arbitrary: action('tag_autocomplete', 'query') },
    { weight: 2, arbitrary: action('tag_search', 'query') },
    { weight: 3, arbitrary: action('format_autocomplete', 'q', 5) },
    { weight: 2, arbitrary: action('organization_autocomplete', 'q', 20) },
    { weight: 1, arbitrary: action('group_autocomplete', 'q', 20) },
    { weight: 1, arbitrary: util('dataset/autocomplete', 'incomplete', 10) },
    { weight: 1, arbitrary: util('tag/autocomplete', 'incomplete', 10) },
    { weight: 1, arbitrary: util('resource/format_autocomplete', 'incomplete', 5) },
    { weight: 1, arbitrary: util('organization/autocomplete', 'q', 20) },
    { weight: 2, arbitrary: resource },
    { weight: 6, arbitrary: legacy },
  );
}
