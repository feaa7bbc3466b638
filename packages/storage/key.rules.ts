import { invalid } from '@portolan/kernel';

/** What the stores keep for themselves; no key may lie inside it. */
export const hiddenFolder = '.portolan';

const longestSegment = 255;
const longestKey = 1024;

/**
 * Refuses a key that would leave the store or that one of the stores cannot hold (S3: 1024 bytes in all; file
 * systems: 255 bytes a segment).
 * @throws PortolanError validation, `{"upload": ["Invalid storage path"]}` as CKAN's uploader has it.
 */
export function checkKey(key: string): string {
  const segments = key.split('/');
  const sound =
    key.isWellFormed() &&
    !key.includes('\0') &&
    Buffer.byteLength(key) <= longestKey &&
    segments[0] !== hiddenFolder &&
    segments.every(
      (segment) => !['', '.', '..'].includes(segment) && Buffer.byteLength(segment) <= longestSegment,
    );
  if (!sound) throw invalid({ upload: ['Invalid storage path'] });
  return key;
}

/** Ids become folders, so they are held to one plain segment. CKAN: `Invalid storage directory`. */
function checkId(id: string): string {
  if (!/^[\w-]{7,100}$/.test(id)) throw invalid({ upload: ['Invalid storage directory'] });
  return id;
}

/** Where one upload of a resource lies. Every upload has a key of its own, so that keys are never reused. */
export const resourceKey = (resourceId: string, uploadId: string, filename: string) =>
  checkKey(`resources/${checkId(resourceId)}/${checkId(uploadId)}/${filename}`);

/** Where CKAN's own uploader put a resource's file below `ckan.storage_path`; for adopted portals. */
export function ckanResourceKey(resourceId: string): string {
  const id = checkId(resourceId);
  return checkKey(`resources/${id.slice(0, 3)}/${id.slice(3, 6)}/${id.slice(6)}`);
}

export type ImageOwner = 'group' | 'user' | 'admin';

/** Where CKAN has the images of groups and organisations, users and the site itself. */
export const imageKey = (owner: ImageOwner, filename: string) =>
  checkKey(`storage/uploads/${owner}/${filename}`);
