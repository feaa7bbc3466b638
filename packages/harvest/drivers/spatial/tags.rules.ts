import { mungeTag } from '../../text/name.rules.ts';
import { asTags } from '../keywords.rules.ts';

/** A record's keywords, cut or made simple, and those that its source gives to each. */
export function spatialTags(
  keywords: readonly string[],
  longest: number,
  config: Record<string, unknown>,
): { name: string }[] {
  const clean = config['clean_tags'] === true;
  const own = keywords.map((keyword) =>
    clean ? mungeTag(keyword) : [...keyword].slice(0, longest).join(''),
  );
  const defaults = Array.isArray(config['default_tags']) ? config['default_tags'].map(String) : [];
  return asTags([...own, ...defaults]);
}
