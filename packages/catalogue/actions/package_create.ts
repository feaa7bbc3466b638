import type { Params } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { createDataset } from '../dataset/create.ts';
import { datasetParameters } from '../dataset/describe.ts';
import { assertMayCreate } from '../dataset/may_edit.ts';
import { toItsEditors } from '../personal/boundary.ts';

export const packageCreate = writeAction({
  name: 'package_create',
  namesPeople: toItsEditors,
  summary: 'Makes a dataset with its resources, tags, extras and groups.',
  parameters: {
    ...datasetParameters,
    name: { type: 'text', required: true, meaning: 'Name, 2 to 100 of a-z 0-9 - _, unique.' },
    owner_org: { type: 'text', required: true, meaning: 'Id or name of the organisation.' },
    id: { type: 'text', meaning: 'UUID of the new dataset; sysadmins only.' },
  },
  authorise: assertMayCreate,
  handle: (call, params: Params) => createDataset(call, params),
});
