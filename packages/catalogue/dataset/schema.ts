import type { Config } from '@portolan/kernel';
import {
  type DatasetContext,
  datasetCreateSchema,
  datasetUpdateSchema,
  type Schema,
  withDatagovukFields,
  withFreeTags,
} from '@portolan/schema';
import type { Site, WriteCall } from '../action/call.ts';

const plain = { create: datasetCreateSchema, update: datasetUpdateSchema };

type Schemas = Record<keyof typeof plain, Schema<DatasetContext>>;
const each = (of: Schemas, change: (schema: Schema<DatasetContext>) => Schema<DatasetContext>): Schemas => ({
  create: change(of.create),
  update: change(of.update),
});

const ofProfile: Record<Config['profile'], Schemas> = {
  ckan: plain,
  datagovuk: each(plain, withDatagovukFields),
};
const free = { ckan: each(ofProfile.ckan, withFreeTags), datagovuk: each(ofProfile.datagovuk, withFreeTags) };

/** The rules that a dataset is written by here, and by this call. */
export const datasetSchema = (
  { site, freeTags }: { site: Pick<Site, 'config'> } & Pick<WriteCall, 'freeTags'>,
  effect: keyof Schemas,
): Schema<DatasetContext> => (freeTags ? free : ofProfile)[site.config.profile][effect];
