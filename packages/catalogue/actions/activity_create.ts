import { validated } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { isTruthy } from '../action/parameters.ts';
import { presentActivity } from '../activity/present.ts';
import { activitySchema } from '../activity/schema.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { rowTime } from '../dataset/time.ts';
import { asciiJson } from '../index/ascii_json.ts';

export const activityCreate = writeAction({
  name: 'activity_create',
  summary: 'Records an activity by hand.',
  parameters: {
    user_id: { type: 'text', required: true, meaning: 'Id or name of who did it.' },
    object_id: { type: 'text', required: true, meaning: 'Id or name of what it was done to.' },
    activity_type: { type: 'text', required: true, meaning: 'Such as changed package.' },
    data: { type: 'any', meaning: 'What the activity keeps.' },
  },
  authorise: sysadminOnly,
  async handle(call, params) {
    const data = await validated(activitySchema, params, { sql: call.sql });
    const row = {
      id: call.site.runtime.id(),
      timestamp: rowTime(call.site.runtime),
      user_id: String(data['user_id']),
      object_id: String(data['object_id']),
      activity_type: String(data['activity_type']),
      data: isTruthy(data['data']) || Array.isArray(data['data']) ? asciiJson(data['data']) : null,
      permission_labels: Array.isArray(data['permission_labels'])
        ? data['permission_labels'].map(String)
        : null,
    };
    await call.sql.prepared(
      'create_activity',
      `INSERT INTO activity (id, timestamp, user_id, object_id, activity_type, data, permission_labels)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      Object.values(row),
    );
    return presentActivity(row);
  },
});
