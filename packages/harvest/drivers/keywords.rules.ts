import { isTagName, mungeTag } from '../text/name.rules.ts';

/** Keywords as tags, each once; those that CKAN would refuse are made fit instead of losing the record. */
export function tagsFromKeywords(keywords: string[]): { name: string }[] {
  const names = keywords.map((keyword) => (isTagName(keyword) ? keyword : mungeTag(keyword)));
  return [...new Set(names)].filter((name) => name !== '').map((name) => ({ name }));
}
