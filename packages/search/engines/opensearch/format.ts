import { createHash } from 'node:crypto';
import type { IndexFormat } from '../../mirror/index_format.ts';
import { gapMark, stackMark } from './marks.ts';
import {
  bucketPath,
  buckets,
  ownNumbers,
  ownTexts,
  ownValues,
  presencePath,
  scoredName,
  titlePath,
} from './place.ts';
import { datesPath } from './sort_values.ts';
import { sourceOf } from './source.ts';

/** Changes where the same document would be written differently though the mapping is the same. */
const encoding = 5;

const keyword = { type: 'keyword' };
/**
 * Scored by how rare a value is, as Solr scores it, under a name of its own: a keyword that is scored so
 * (`use_similarity`) has OpenSearch remember no answer to a search that names it, be it in a filter.
 */
const value = {
  ...keyword,
  fields: { [scoredName]: { type: 'text', analyzer: 'keyword', norms: false, index_options: 'docs' } },
};

// fielddata: facets of text fields count terms; it is loaded when the first is asked for.
const text = { type: 'text', analyzer: 'terms', position_increment_gap: 100, fielddata: true };

const fields = (kind: string, own: readonly string[], mapping: object): Record<string, object> => ({
  ...Object.fromEntries(own.map((name) => [`${kind}.${name}`, mapping])),
  ...Object.fromEntries(Array.from({ length: buckets }, (_, bucket) => [bucketPath(kind, bucket), mapping])),
});

/** Documents from the first to the last of a page that is asked for at once. */
export const resultWindow = 200_000;

const settings = {
  // One shard: how rare a word is, is counted over the whole catalogue, as in Solr.
  number_of_shards: 1,
  number_of_replicas: 0,
  max_result_window: resultWindow,
  max_terms_count: 1_000_000,
  // Expressions are written out; how long they may be is our own affair.
  max_regex_length: 1_000_000,
  'mapping.total_fields.limit': 2000,
  // What is gone counts for how rare a word is until it is merged away: as little of it as the server allows.
  'merge.policy.deletes_pct_allowed': 5,
  analysis: {
    tokenizer: { words: { type: 'whitespace', max_token_length: 1_000_000 } },
    filter: {
      // Terms at one place are written as one word.
      stacks: { type: 'pattern_capture', preserve_original: false, patterns: [`([^${stackMark}]+)`] },
      gaps: { type: 'stop', stopwords: [gapMark] },
    },
    analyzer: { terms: { type: 'custom', tokenizer: 'words', filter: ['stacks', 'gaps'] } },
  },
  similarity: { default: { type: 'BM25', k1: 1.2, b: 0.75 } },
};

const mappings = {
  dynamic: false,
  _source: { enabled: false },
  properties: {
    ...fields('text', ownTexts, text),
    ...fields('value', ownValues, value),
    ...Object.fromEntries(ownNumbers.map((name) => [`number.${name}`, { type: 'double' }])),
    ...fields('order', ownTexts, { type: 'keyword', index: false }),
    [datesPath]: keyword,
    [titlePath]: keyword,
    [presencePath]: keyword,
    place: { type: 'long' },
  },
};

/**
 * How documents stand in OpenSearch: the terms are those of our own analyser, whatever the field, so that both
 * engines find the same.
 */
export const openSearchFormat: IndexFormat = {
  version: createHash('sha256')
    .update(JSON.stringify([encoding, settings, mappings]))
    .digest('hex')
    .slice(0, 12),
  body: () => ({ settings, mappings }),
  source: sourceOf,
};
