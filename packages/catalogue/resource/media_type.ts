import type { Config } from '@portolan/kernel';
import { guessLinkMediaType } from '@portolan/storage';

type Fields = Record<string, unknown>;

/**
 * Media types by the addresses of a dataset's resources, where the client said nothing, not even `null`.
 * Source: CKAN's uploader.
 */
export function withGuessedMediaTypes(input: Fields, config: Pick<Config, 'mimetypeGuess'>): Fields {
  if (config.mimetypeGuess !== 'file_ext' || !Array.isArray(input['resources'])) return input;
  return { ...input, resources: input['resources'].map(withGuess) };
}

function withGuess(resource: unknown): unknown {
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) return resource;
  const { url } = resource as Fields;
  if (Object.hasOwn(resource, 'mimetype') || typeof url !== 'string' || !url) return resource;
  const mimetype = guessLinkMediaType(url);
  return mimetype ? { ...resource, mimetype } : resource;
}
