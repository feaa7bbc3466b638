import { type Config, invalid } from '@portolan/kernel';
import { guessMediaType } from '@portolan/storage';

/** Whose picture it is; organisations count as groups. */
export type PicturedKind = 'group' | 'user';

/** Media types (`image/png`) and first halves of media types (`image`) that are taken; a first `*` or none is any. */
export interface PictureLimits {
  readonly mediaTypes: readonly string[];
  readonly types: readonly string[];
}

type Settings = Pick<
  Config,
  'groupImageMediaTypes' | 'groupImageTypes' | 'userImageMediaTypes' | 'userImageTypes'
>;

/** @throws PortolanError `validation` when the portal takes no pictures of the kind. */
export function pictureLimits(config: Settings, kind: PicturedKind): PictureLimits {
  const limits =
    kind === 'group'
      ? { mediaTypes: config.groupImageMediaTypes, types: config.groupImageTypes }
      : { mediaTypes: config.userImageMediaTypes, types: config.userImageTypes };
  if (limits.mediaTypes.length === 0 && limits.types.length === 0)
    throw invalid({ image_upload: [`No uploads allowed for object type ${kind}`] });
  return limits;
}

/**
 * Refuses what the file's name, then the client, say that it is. A name that tells nothing is let through, and so is
 * `text/plain` from the client: a part of a form that declares no type has that one. What the file really is counts in
 * the end. Source: CKAN's uploader.
 * @throws PortolanError `validation` naming the first type that is not taken.
 */
export function checkDeclared(
  limits: PictureLimits,
  filename: string,
  contentType: string | undefined,
): void {
  const declared = contentType === 'text/plain' ? undefined : contentType;
  for (const type of [guessMediaType(filename), declared])
    if (type && !takes(limits.mediaTypes, type)) throw unsupported(type);
}

/** @throws PortolanError `validation` naming the type. */
export function checkSniffed(limits: PictureLimits, type: string): void {
  if (!takes(limits.mediaTypes, type) || !takes(limits.types, type.split('/', 1)[0]!))
    throw unsupported(type);
}

const takes = (allowed: readonly string[], type: string) =>
  allowed.length === 0 || allowed[0] === '*' || allowed.includes(type);

const unsupported = (type: string) => invalid({ image_upload: [`Unsupported upload type: ${type}`] });
