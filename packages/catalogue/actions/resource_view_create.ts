import { invalid } from '@portolan/kernel';
import { pythonWords, validated } from '@portolan/schema';
import { unlessTaken } from '../action/conflict.ts';
import { writeAction } from '../action/declaration.ts';
import { optionalText, requireSent } from '../action/parameters.ts';
import { recordActivity } from '../activity/record.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { canEdit, mayOverrule } from '../dataset/may_edit.ts';
import { findResource } from '../resource/find.ts';
import { viewRow } from '../resource/views/build.ts';
import { describeView } from '../resource/views/describe.ts';
import {
  insertViews,
  nextOrder,
  presentView,
  type ViewRow,
  viewActivityData,
} from '../resource/views/rows.ts';
import { viewCreateSchema } from '../resource/views/schema.ts';
import { findViewType } from '../resource/views/types.ts';

export const resourceViewCreate = writeAction<Omit<ViewRow, 'order'>>({
  name: 'resource_view_create',
  summary: 'Adds a view behind the others of a resource.',
  parameters: describeView({ resource_id: true, view_type: true, title: true }),
  async authorise(call, params) {
    const { view_type } = params;
    requireSent(params, ['resource_id']);
    requireSent(params, ['view_type']);
    const type = findViewType(view_type);
    if (!type) throw invalid({ view_type: `No plugin found for view_type ${pythonWords(view_type)}` });
    const reference = optionalText(params, 'resource_id');
    const found = reference === undefined ? undefined : await findResource(call.sql, reference);
    const isResource = () => found !== undefined && found.resource.state !== 'deleted';
    const data = await validated(viewCreateSchema(type), params, { sysadmin: mayOverrule(call), isResource });
    const dataset = found!.dataset;
    if (!(await canEdit(call, dataset)))
      throw notAuthorised(call, `create resources on dataset ${dataset.id}`);
    return viewRow(data, { id: call.site.runtime.id(), package_id: dataset.id });
  },
  async handle(call, _params, row) {
    const view = { ...row, order: await nextOrder(call.sql, row.resource_id) };
    await unlessTaken({ resource_view_pkey: { id: ['ResourceView id already exists'] } }, () =>
      insertViews(call.sql, [view]),
    );
    await recordActivity(call, {
      type: 'new resource view',
      object: view.package_id,
      data: viewActivityData(view),
    });
    return presentView(view);
  },
});
