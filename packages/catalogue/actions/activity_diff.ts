import { invalid, invalidMessage, notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText, requireSent } from '../action/parameters.ts';
import { contextDiff, htmlDiff, unifiedDiff } from '../activity/diff_text.rules.ts';
import { previousActivity, requireVisibleActivity } from '../activity/find.ts';
import { namesPeopleOf } from '../activity/people.ts';
import { type ActivityRow, activityData, presentActivity } from '../activity/present.ts';
import { prettyLines } from '../activity/pretty_json.ts';
import { mayOverrule, missingId } from '../dataset/may_edit.ts';
import { shownToAnybody } from '../personal/boundary.ts';

const forms: Record<string, (a: string[], b: string[]) => string> = {
  unified: unifiedDiff,
  context: contextDiff,
  html: htmlDiff,
};

export const activityDiff = readAction<ActivityRow>({
  name: 'activity_diff',
  namesPeople: namesPeopleOf,
  summary: 'What an activity changed: the object before and after it, line by line.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the activity.' },
    object_type: {
      type: 'text',
      required: true,
      meaning: 'Part of the data that is compared, such as package.',
    },
    diff_type: { type: 'text', meaning: 'unified, context or html.' },
  },
  authorise(call, params) {
    const id = requiredText(params, 'id');
    requireSent(params, ['object_type']);
    if (!mayOverrule(call) && !isTruthy(params['id'])) throw invalid(missingId(call, 'Activity'));
    return requireVisibleActivity(call, id, true);
  },
  async handle(call, params, activity) {
    const named = await namesPeopleOf(call, params, activity);
    const previous = await previousActivity(call, activity);
    if (!previous) throw notFound('Previous activity for this object not found');
    const type = requiredText(params, 'object_type');
    const [before, after] = [previous, activity].map((row) => {
      const kept = activityData(row);
      const data = named ? kept : shownToAnybody(call.site, kept);
      return Object.hasOwn(data, type) ? data[type] : undefined;
    });
    if (before === undefined || after === undefined)
      throw notFound('Could not find object in the activity data');
    const { diff_type: name = 'unified' } = params;
    const form = typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (!form) throw invalidMessage('diff_type not recognized');
    return {
      diff: form(prettyLines(before), prettyLines(after)),
      activities: [previous, activity].map(presentActivity),
    };
  },
});
