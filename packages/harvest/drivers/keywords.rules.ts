import { isTagName, mungeTag } from '../text/name.rules.ts';

/** What is left of a keyword without a single Latin letter or digit. */
const nothing = mungeTag('');

/** Names as tags, each once. */
export const asTags = (names: readonly string[]): { name: string }[] =>
  [...new Set(names)].filter((name) => name !== '').map((name) => ({ name }));

/** Keywords as tags; those that CKAN would refuse are made fit instead of losing the record. */
export const tagsFromKeywords = (keywords: readonly string[]): { name: string }[] =>
  asTags(
    keywords
      .map((keyword) => (isTagName(keyword) ? keyword : mungeTag(keyword)))
      .filter((tag) => tag !== nothing),
  );

/** Keywords as simple tags: lower case, ASCII, hyphens for blanks. */
export const mungedTags = (keywords: readonly string[]): { name: string }[] => asTags(keywords.map(mungeTag));
