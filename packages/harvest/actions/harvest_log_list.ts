import { loggedIn, type Params, readAction } from '@portolan/catalogue';
import { denied } from '@portolan/kernel';
import { spacedTime } from '../job/job.presenter.ts';

export const harvestLogList = readAction({
  name: 'harvest_log_list',
  summary: 'What the harvester has written to its log, newest first.',
  parameters: {
    limit: { type: 'integer', meaning: 'Most lines; 100 unless told otherwise.' },
    offset: { type: 'integer', meaning: 'Lines to pass over.' },
    per_page: { type: 'integer', meaning: 'Instead of `limit`.' },
    level: { type: 'text', meaning: 'Only lines of this level.' },
  },
  authorise(call) {
    loggedIn(call, 'Action harvest_log_list requires an authenticated user');
    if (!call.ignoreAuth && !call.user?.sysadmin) throw denied();
  },
  async handle(call, params) {
    const level =
      typeof params['level'] === 'string' && params['level'] !== '' ? params['level'].toUpperCase() : null;
    const rows = await call.sql.rows<{ content: string; level: string; created: string | null }>(
      `SELECT content, level::text, created FROM harvest_log WHERE $1::text IS NULL OR level::text = $1
       ORDER BY created DESC, id LIMIT $2 OFFSET $3`,
      [level, whole(params, 'per_page') || (whole(params, 'limit') ?? 100), whole(params, 'offset') ?? 0],
    );
    return rows.map((row) => ({ ...row, created: spacedTime(row.created) }));
  },
});

/** What is no whole number counts as not sent. */
function whole(params: Params, name: string): number | undefined {
  const sent = params[name];
  const value = typeof sent === 'string' && sent.trim() === '' ? Number.NaN : Number(sent ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
