export { diskStore } from './disk/store.ts';
export { RangeNotSatisfiable, UploadTooLarge } from './errors.ts';
export { checkKey, ckanResourceKey, type ImageOwner, imageKey, resourceKey } from './key.rules.ts';
export { guessLinkMediaType, guessMediaType } from './media_type.rules.ts';
export { imageFilename, mungeFilename, mungeFilenameLegacy } from './munge.rules.ts';
export { openStore } from './open.ts';
export { parseRange } from './range.rules.ts';
export type { S3Options } from './s3/connect.ts';
export { type SniffedType, sniffMediaType } from './sniff.rules.ts';
export type {
  ByteRange,
  ListedObject,
  ObjectInfo,
  ObjectStore,
  PromoteOptions,
  Staged,
  StageOptions,
  StoredObject,
} from './store.ts';
