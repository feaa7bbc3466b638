import type { Parameter } from '../action/declaration.ts';

/** The fields of a dataset that clients write, as help and the OpenAPI page tell them. */
export const datasetParameters: Record<string, Parameter> = {
  name: { type: 'text', meaning: 'Name, 2 to 100 of a-z 0-9 - _, unique.' },
  title: { type: 'text', meaning: 'Title; the name when it is missing.' },
  notes: { type: 'text', meaning: 'Description, Markdown.' },
  owner_org: { type: 'text', meaning: 'Id or name of the organisation.' },
  private: { type: 'boolean', meaning: 'Whether only members of the organisation see it.' },
  state: { type: 'text', meaning: 'active, draft or deleted.' },
  type: { type: 'text', meaning: 'Kind of dataset; fixed once it is made.' },
  license_id: { type: 'text', meaning: 'Licence, see license_list.' },
  url: { type: 'text', meaning: 'Where the dataset comes from.' },
  version: { type: 'text', meaning: 'Version, up to 100 characters.' },
  author: { type: 'text', meaning: 'Author.' },
  author_email: { type: 'text', meaning: 'E-mail address of the author.' },
  maintainer: { type: 'text', meaning: 'Maintainer.' },
  maintainer_email: { type: 'text', meaning: 'E-mail address of the maintainer.' },
  tags: { type: 'list', meaning: 'Objects with `name` and, for a controlled tag, `vocabulary_id`.' },
  extras: { type: 'list', meaning: 'Objects with `key` and `value`.' },
  groups: { type: 'list', meaning: 'Objects with `id` or `name`.' },
  resources: { type: 'list', meaning: 'Objects, see resource_create.' },
};

/** The fields of a resource that clients write. */
export const resourceParameters: Record<string, Parameter> = {
  url: { type: 'text', meaning: 'Address of the data.' },
  name: { type: 'text', meaning: 'Name.' },
  description: { type: 'text', meaning: 'Description.' },
  format: { type: 'text', meaning: 'Format; guessed from the address when it is missing.' },
  mimetype: { type: 'text', meaning: 'Media type; guessed from the address when it is missing.' },
  mimetype_inner: { type: 'text', meaning: 'Media type of what is packed inside.' },
  hash: { type: 'text', meaning: 'Checksum of the data.' },
  size: { type: 'integer', meaning: 'Bytes.' },
  resource_type: { type: 'text', meaning: 'Kind of resource, such as file, api, documentation.' },
  created: { type: 'text', meaning: 'When it was made, ISO 8601.' },
  last_modified: { type: 'text', meaning: 'When its data last changed, ISO 8601.' },
  cache_url: { type: 'text', meaning: 'Address of a copy.' },
  cache_last_updated: { type: 'text', meaning: 'When the copy was made, ISO 8601.' },
  upload: { type: 'file', meaning: 'The data itself, in a multipart request.' },
};
