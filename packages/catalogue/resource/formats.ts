import { formats } from './formats.table.ts';

const spellings = new Map<string, string>();
for (const [spelling, others] of Object.entries(formats))
  for (const text of [spelling, ...others]) spellings.set(text.toLowerCase(), spelling);

/**
 * The one spelling of a format that CKAN answers for an extension, a media type or a name, whatever the case; a
 * format that is not in the table stays as it is.
 */
export const canonicalFormat = (format: string): string => spellings.get(format.toLowerCase()) ?? format;
