import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { requireVisibleActivity } from '../activity/find.ts';
import { namesPeopleOf } from '../activity/people.ts';
import { type ActivityRow, activityData } from '../activity/present.ts';

export const activityDataShow = readAction<ActivityRow>({
  name: 'activity_data_show',
  namesPeople: namesPeopleOf,
  summary: 'What an activity keeps: the object as it was then.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the activity.' },
    object_type: { type: 'text', meaning: 'Only this part, such as package.' },
  },
  authorise: (call, params) => requireVisibleActivity(call, requiredText(params, 'id'), true),
  handle(_call, params, activity) {
    const data = activityData(activity);
    const { object_type: type } = params;
    if (!isTruthy(type)) return data;
    if (typeof type !== 'string' || !Object.hasOwn(data, type))
      throw notFound('Could not find that object_type in the activity');
    return data[type];
  },
});
