import { choice, int, list } from '../option.ts';

/** Datasets and their files. */
export const dataset = {
  maxResourceSize: int({
    key: 'ckan.max_resource_size',
    default: 10,
    meaning: 'Megabytes (2^20 bytes) of an uploaded resource.',
  }),
  maxImageSize: int({
    key: 'ckan.max_image_size',
    default: 2,
    meaning: 'Megabytes of an uploaded image.',
  }),
  groupImageMediaTypes: list({
    key: 'ckan.upload.group.mimetypes',
    default: ['image/png', 'image/gif', 'image/jpeg'],
    meaning: 'Media types that images of groups and organisations may have; * for any.',
  }),
  groupImageTypes: list({
    key: 'ckan.upload.group.types',
    default: ['image'],
    meaning: 'First halves of media types that images of groups and organisations may have; * for any.',
  }),
  userImageMediaTypes: list({
    key: 'ckan.upload.user.mimetypes',
    default: ['image/png', 'image/gif', 'image/jpeg'],
    meaning: 'Media types that images of users may have; * for any.',
  }),
  userImageTypes: list({
    key: 'ckan.upload.user.types',
    default: ['image'],
    meaning: 'First halves of media types that images of users may have; * for any.',
  }),
  mimetypeGuess: choice(
    {
      key: 'ckan.mimetype_guess',
      default: 'file_ext',
      meaning: 'Where a resource’s media type comes from.',
    },
    ['file_ext', 'file_contents', 'None'],
  ),
  extraResourceFields: list({
    key: 'ckan.extra_resource_fields',
    default: [],
    meaning: 'Further fields that resource_search knows.',
  }),
  defaultViews: list({
    key: 'ckan.views.default_views',
    default: ['image_view', 'datatables_view'],
    meaning: 'Views made for a new resource.',
  }),
};
