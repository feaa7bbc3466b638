import type { WriteCall } from '../action/call.ts';
import { recordActivities } from '../activity/record.ts';
import type { ResourceDict } from '../dataset/presenter.ts';
import { insertViews, presentView, type ViewRow, viewActivityData } from './views/rows.ts';
import { findViewType } from './views/types.ts';

/**
 * Makes the views that `ckan.views.default_views` names for resources that they fit and that have none of the kind.
 * @returns the views that were made, as clients see them.
 */
export async function makeDefaultViews(
  call: WriteCall,
  resources: ResourceDict[],
): Promise<Record<string, unknown>[]> {
  const wanted = resources.flatMap((resource) => fitting(call, resource));
  if (wanted.length === 0) return [];
  const present = await call.sql.prepared<{ resource_id: string; view_type: string; order: number }>(
    'views_of_resources',
    'SELECT resource_id, view_type, "order" FROM resource_view WHERE resource_id = ANY($1)',
    [[...new Set(wanted.map((view) => view.resource_id))]],
  );
  const rows: ViewRow[] = [];
  for (const view of wanted) {
    const others = [...present, ...rows].filter((other) => other.resource_id === view.resource_id);
    if (others.some((other) => other.view_type === view.view_type)) continue;
    rows.push({ ...view, order: Math.max(-1, ...others.map((other) => other.order)) + 1 });
  }
  if (rows.length === 0) return [];
  await insertViews(call.sql, rows);
  await recordActivities(
    call,
    rows.map((row) => ({ type: 'new resource view', object: row.package_id, data: viewActivityData(row) })),
  );
  return rows.map(presentView);
}

function fitting(call: WriteCall, resource: ResourceDict): ViewRow[] {
  return call.site.config.defaultViews.flatMap((view_type) => {
    const type = findViewType(view_type);
    if (!type?.fits(resource)) return [];
    return {
      id: call.site.runtime.id(),
      resource_id: resource.id,
      package_id: resource.package_id,
      title: type.title,
      description: '',
      view_type,
      order: 0,
      config: null,
    };
  });
}
