import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { requireVisibleActivity } from '../activity/find.ts';
import { namesPeopleOf } from '../activity/people.ts';
import { type ActivityRow, presentActivity } from '../activity/present.ts';

export const activityShow = readAction<ActivityRow>({
  name: 'activity_show',
  namesPeople: namesPeopleOf,
  summary: 'An activity.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the activity.' },
    include_data: { type: 'boolean', meaning: 'With the whole object as it was then.' },
  },
  // Any text is true here, also `false`.
  authorise: (call, params) =>
    requireVisibleActivity(call, requiredText(params, 'id'), isTruthy(params['include_data'])),
  handle(_call, params, activity) {
    const shown = presentActivity(activity);
    return isTruthy(params['include_data']) ? shown : { ...shown, data: titlesOnly(shown['data']) };
  },
});

/** The objects of an activity's data, but for their titles. */
function titlesOnly(data: unknown): Record<string, unknown> {
  const entries = Object.entries(data as Record<string, unknown>).map(([key, value]) => {
    const title = (value as { title?: unknown } | null)?.title;
    return [key, title === undefined ? value : { title }];
  });
  return Object.fromEntries(entries);
}
