import { invalid } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { natural, optionalText } from '../action/parameters.ts';
import { listAudit } from '../audit/list.ts';
import { sysadminOnly } from '../authorisation/rules.ts';

const most = 1000;

export const auditList = readAction({
  name: 'audit_list',
  summary: 'The audit log: every write, the latest first.',
  parameters: {
    user: { type: 'text', meaning: 'Only of this account, by id or name.' },
    dataset: { type: 'text', meaning: 'Only about this dataset, or anything else, by id or name.' },
    since: { type: 'text', meaning: 'Only from this moment on, UTC, such as 2026-05-06T07:08:09.' },
    before: { type: 'integer', meaning: 'Only before this `position`, for the next page.' },
    limit: { type: 'integer', meaning: `Entries: 100, at most ${most}.` },
  },
  authorise: sysadminOnly,
  handle(call, params) {
    const since = optionalText(params, 'since');
    if (since !== undefined && !isMoment(since)) throw invalid({ since: ['Date format incorrect'] });
    return listAudit(call.sql, {
      user: optionalText(params, 'user'),
      concerns: optionalText(params, 'dataset'),
      since,
      before: natural(params, 'before'),
      limit: Math.min(natural(params, 'limit') ?? 100, most),
    });
  },
});

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/.test(text) &&
  !Number.isNaN(Date.parse(`${text.slice(0, 10)}T${text.slice(11) || '00:00'}Z`)) &&
  new Date(`${text.slice(0, 10)}T00:00Z`).toISOString().startsWith(text.slice(0, 10));
