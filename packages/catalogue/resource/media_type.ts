import type { Config } from '@portolan/kernel';
import { guessLinkMediaType } from '@portolan/storage';

type Fields = Record<string, unknown>;

/** A resource's media type by its address, when the client said nothing about it. Source: CKAN's uploader. */
export function withGuessedMediaTypes(data: Fields, config: Pick<Config, 'mimetypeGuess'>): Fields {
  if (config.mimetypeGuess !== 'file_ext' || !Array.isArray(data['resources'])) return data;
  return { ...data, resources: (data['resources'] as Fields[]).map(withGuess) };
}

function withGuess(resource: Fields): Fields {
  const { url } = resource;
  if (Object.hasOwn(resource, 'mimetype') || typeof url !== 'string' || !url) return resource;
  const mimetype = guessLinkMediaType(url);
  return mimetype ? { ...resource, mimetype } : resource;
}
