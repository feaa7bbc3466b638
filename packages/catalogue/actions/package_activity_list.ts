import { invalid, notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { listActivities, ofDataset } from '../activity/list.ts';
import { listOptions, listParameters, typeParameters } from '../activity/options.ts';
import { presentActivity } from '../activity/present.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { type DatasetRow, findDataset } from '../dataset/find.ts';
import { mayOverrule, missingId } from '../dataset/may_edit.ts';

export const packageActivityList = readAction<DatasetRow>({
  name: 'package_activity_list',
  summary: 'What happened to a dataset, newest first.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    ...listParameters,
    ...typeParameters,
  },
  async authorise(call, params) {
    const id = requiredText(params, 'id');
    // CKAN's rule says so to whom it asks; sysadmins it asks nothing.
    if (!mayOverrule(call) && !isTruthy(params['id'])) throw invalid(missingId(call, 'Package'));
    const row = await findDataset(call.sql, id);
    if (!row) throw notFound();
    if (!(await mayRead(call, datasetLabels(row, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${row.id}`);
    return row;
  },
  async handle(call, params, { id }) {
    const options = await listOptions(call, params);
    return (await listActivities(call, ofDataset(id), options)).map(presentActivity);
  },
});
