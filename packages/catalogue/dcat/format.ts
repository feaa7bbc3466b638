import { invalid } from '@portolan/kernel';
import { type Ending, isEnding } from '@portolan/metadata/endings';
import type { Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';

export const formatParameter: Parameter = {
  type: 'text',
  meaning: 'How it is written: `xml` (or `rdf`), `ttl`, `n3` or `jsonld`.',
};

/** @throws PortolanError `validation` for a format that there is not */
export function formatOf(params: Params): Ending {
  const format = optionalText(params, 'format') ?? 'xml';
  if (!isEnding(format)) throw invalid({ format: [`Unknown format: ${format}`] });
  return format;
}
