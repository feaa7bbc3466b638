import { listOf, type Schema, type Validator } from '../pipeline/schema.ts';
import { drop, refuse } from '../pipeline/verdict.ts';
import { boolean } from '../validators/boolean.ts';
import { email } from '../validators/email.ts';
import { jsonObject } from '../validators/json_object.ts';
import { longest } from '../validators/longest.ts';
import { ifEmptySameAs, ignore, ignoreMissing, notEmpty } from '../validators/missing.ts';
import { name, nameLength } from '../validators/name.ts';
import { oneOf } from '../validators/one_of.ts';
import { emptyIfNotSysadmin, ignoreNotSysadmin } from '../validators/sysadmin.ts';
import { text, trimmed } from '../validators/text.ts';
import { uuid } from '../validators/uuid.ts';
import type { DatasetContext } from './context.ts';
import { extraSchema, noDuplicateExtras } from './extra.ts';
import { ownerOrg, privateNeedsOwner } from './owner_org.ts';
import { resourceSchema } from './resource.ts';
import { freeTagSchema, tagSchema } from './tag.ts';
import { tagString } from './tag_string.ts';

type Rule = Validator<DatasetContext>;

const nameIsFree: Rule = (value, { context }) =>
  context.isNameTaken(String(value)) ? refuse('That URL is already in use.') : value;

const idIsFree: Rule = (value, { context }) =>
  context.isDatasetId(String(value)) ? refuse('Dataset id already exists') : value;

/** CKAN's `ignore_not_package_admin`. */
const ignoreUnlessAdmin: Rule = (value, { context }) => (context.mayChangeState ? value : drop);

const stateIsText: Rule = (value, field) => (value === '' ? '' : text(value, field));

const plain: readonly Rule[] = [ignoreMissing, text];
const address: readonly Rule[] = [ignoreMissing, text, trimmed, email];

/** Kinds of relationship between datasets, each with its reverse. */
export const relationshipTypes = [
  'depends_on',
  'dependency_of',
  'derives_from',
  'has_derivation',
  'links_to',
  'linked_from',
  'child_of',
  'parent_of',
] as const;

const relationship: Schema<DatasetContext> = {
  fields: { type: [notEmpty, oneOf(relationshipTypes)], comment: plain },
  unknown: 'keep',
};

const group: Schema<DatasetContext> = { fields: { id: plain, name: plain }, unknown: 'ignore' };

const shared = {
  title: [ignoreMissing, text],
  author: plain,
  author_email: address,
  maintainer: plain,
  maintainer_email: address,
  license_id: plain,
  notes: plain,
  url: plain,
  version: [ignoreMissing, text, longest(100, 'Version must be a maximum of 100 characters long')],
  owner_org: [ownerOrg],
  private: [ignoreMissing, boolean, privateNeedsOwner],
  state: [ignoreUnlessAdmin, ignoreMissing, stateIsText],
  type: [ignoreMissing, text],
  plugin_data: [ignoreMissing, ignoreNotSysadmin, jsonObject],
  tag_string: [ignoreMissing, text, tagString],
  // Told by show, made by the portal.
  metadata_created: [ignore],
  metadata_modified: [ignore],
  creator_user_id: [ignore],
  resources: listOf(resourceSchema),
  tags: listOf<DatasetContext>(tagSchema),
  extras: listOf<DatasetContext>(extraSchema),
  groups: listOf(group),
  relationships_as_subject: listOf(relationship),
  relationships_as_object: listOf(relationship),
} satisfies Schema<DatasetContext>['fields'];

/** A new dataset. Source: CKAN's `default_create_package_schema`. */
export const datasetCreateSchema: Schema<DatasetContext> = {
  fields: {
    id: [emptyIfNotSysadmin, ignoreMissing, uuid, idIsFree],
    name: [notEmpty, text, name, nameLength, nameIsFree],
    ...shared,
    title: [ifEmptySameAs('name'), text],
  },
  unknown: 'ignore',
  junk: 'refuse',
  after: [noDuplicateExtras],
};

/** A stored dataset; fields that are not sent are cleared or kept by who writes it. */
export const datasetUpdateSchema: Schema<DatasetContext> = {
  fields: {
    id: [ignore],
    name: [ignoreMissing, text, name, nameLength, nameIsFree],
    ...shared,
    owner_org: [ignoreMissing, ownerOrg],
    type: [ignore],
  },
  unknown: 'ignore',
  junk: 'refuse',
  after: [noDuplicateExtras],
};

/** The same for datasets whose tags are taken as they are: what CKAN's spatial harvesters write with. */
export const withFreeTags = (schema: Schema<DatasetContext>): Schema<DatasetContext> => ({
  ...schema,
  fields: { ...schema.fields, tags: listOf<DatasetContext>(freeTagSchema) },
});
