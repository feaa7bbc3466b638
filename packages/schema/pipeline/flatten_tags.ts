import type { ErrorDict, ErrorValue } from '@portolan/kernel';

/**
 * Errors of `tags` as CKAN tells them: one text a wrong tag, or its errors when they are not of its name; tags that
 * are right leave no trace, so positions are lost.
 */
export function flattenTags(errors: ErrorDict): ErrorDict {
  const { tags } = errors;
  if (!Array.isArray(tags)) return errors;
  const told: ErrorValue[] = [];
  for (const tag of tags) {
    if (typeof tag !== 'object' || Array.isArray(tag)) told.push(tag);
    else if (Array.isArray(tag['name'])) told.push(tag['name'].join(', '));
    else if (Object.keys(tag).length > 0) told.push(tag);
  }
  return { ...errors, tags: told };
}
