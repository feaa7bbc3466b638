import type { Call, Params } from '../action/call.ts';
import { findDataset } from '../dataset/find.ts';
import { mayOverrule } from '../dataset/may_edit.ts';
import { maySeePersonalData } from '../personal/boundary.ts';
import type { ActivityRow } from './present.ts';

/** Whether an activity may name the people that its dataset named: to who may change the dataset now. */
export async function namesPeopleOf(call: Call, _params: Params, activity: ActivityRow): Promise<boolean> {
  if (mayOverrule(call)) return true;
  return maySeePersonalData(call, () => findDataset(call.sql, activity.object_id));
}
