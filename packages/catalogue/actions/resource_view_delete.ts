import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { recordActivity } from '../activity/record.ts';
import { type FoundView, requireEditableView } from '../resource/views/authorise.ts';
import { viewActivityData } from '../resource/views/rows.ts';

export const resourceViewDelete = writeAction<FoundView>({
  name: 'resource_view_delete',
  summary: 'Takes a view away.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the view.' } },
  authorise: (call, params) => requireEditableView(call, requiredText(params, 'id'), 'delete'),
  async handle(call, _params, { view }) {
    await call.sql.prepared('delete_view', 'DELETE FROM resource_view WHERE id = $1', [view.id]);
    await recordActivity(call, {
      type: 'deleted resource view',
      object: view.package_id,
      data: viewActivityData(view),
    });
    return { resource_id: view.resource_id };
  },
});
