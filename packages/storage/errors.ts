import { PortolanError } from '@portolan/kernel';

/** CKAN's answer to a file over `ckan.max_resource_size` or `ckan.max_image_size`. */
export class UploadTooLarge extends PortolanError {
  constructor() {
    super('validation', undefined, { fields: { upload: ['File upload too large'] } });
    this.name = 'UploadTooLarge';
  }
}

/** A range that holds no byte of the object (RFC 9110, 416); `size` is for Content-Range. */
export class RangeNotSatisfiable extends Error {
  readonly size: number;

  constructor(size: number) {
    super(`no such range in an object of ${size} bytes`);
    this.name = 'RangeNotSatisfiable';
    this.size = size;
  }
}
