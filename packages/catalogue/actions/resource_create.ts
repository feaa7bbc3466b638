import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { filledText, requireSent } from '../action/parameters.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { resourceParameters } from '../dataset/describe.ts';
import { type DatasetRow, findDatasetForUpdate } from '../dataset/find.ts';
import { canEdit } from '../dataset/may_edit.ts';
import { toItsEditors } from '../personal/boundary.ts';
import { addResource } from '../resource/change.ts';

export const resourceCreate = writeAction<DatasetRow>({
  name: 'resource_create',
  namesPeople: toItsEditors,
  summary: 'Adds a resource behind the others of a dataset; unknown fields are kept, too.',
  parameters: {
    package_id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    id: { type: 'text', meaning: 'UUID of the new resource.' },
    ...resourceParameters,
  },
  async authorise(call, params) {
    requireSent(params, ['package_id']);
    const reference = filledText(params, 'package_id', 'name_or_id');
    const row = await findDatasetForUpdate(call.sql, reference);
    if (!row) throw notFound();
    if (!(await mayRead(call, datasetLabels(row, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${row.id}`);
    if (!(await canEdit(call, row))) throw notAuthorised(call, `create resources on dataset ${reference}`);
    return row;
  },
  handle: (call, params, row) => addResource(call, row.id, { ...params, url: params['url'] || '' }),
});
