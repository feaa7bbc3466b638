import { notFound } from '@portolan/kernel';
import { validated } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { optionalText, requiredText } from '../action/parameters.ts';
import { recordActivity } from '../activity/record.ts';
import { mayOverrule } from '../dataset/may_edit.ts';
import { assertMayEditResource } from '../resource/authorise.ts';
import { findResource } from '../resource/find.ts';
import { type FoundView, requireEditableView } from '../resource/views/authorise.ts';
import { configText, textOr } from '../resource/views/build.ts';
import { describeView } from '../resource/views/describe.ts';
import { presentView, updateView, viewActivityData } from '../resource/views/rows.ts';
import { viewUpdateSchema } from '../resource/views/schema.ts';
import { viewTypes } from '../resource/views/types.ts';

export const resourceViewUpdate = writeAction<FoundView>({
  name: 'resource_view_update',
  summary: 'Changes a view: its settings are replaced, title and description stay when they are not sent.',
  parameters: describeView({ id: true }),
  authorise(call, params) {
    const id = requiredText(params, 'id');
    if (!id) throw notFound();
    // CKAN asks about the resource that is named; without one it fails for all but sysadmins.
    if (!mayOverrule(call)) requiredText(params, 'resource_id');
    return requireEditableView(call, id, 'edit');
  },
  async handle(call, params, { view }) {
    const reference = optionalText(params, 'resource_id');
    const target = reference === undefined ? undefined : await findResource(call.sql, reference);
    const type = viewTypes[view.view_type] ?? {
      title: '',
      settings: {},
      filterable: false,
      fits: () => false,
    };
    const data = await validated(viewUpdateSchema(type), params, {
      sysadmin: mayOverrule(call),
      isResource: () => target !== undefined,
    });
    // Moved to another resource: that one is asked about, too.
    if (target && target.resource.id !== view.resource_id) await assertMayEditResource(call, target);
    const updated = {
      ...view,
      resource_id: target?.resource.id ?? view.resource_id,
      package_id: target?.dataset.id ?? view.package_id,
      title: textOr(data['title'], view.title),
      description: textOr(data['description'], view.description),
      config: configText(data),
    };
    await updateView(call.sql, updated);
    await recordActivity(call, {
      type: 'changed resource view',
      object: updated.package_id,
      data: viewActivityData(updated),
    });
    return presentView(updated);
  },
});
