import { readAction } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';
import { verifyAudit } from '../audit/chain.ts';
import { sysadminOnly } from '../authorisation/rules.ts';

export const auditVerify = readAction({
  name: 'audit_verify',
  summary: 'Checks the chain of the audit log: edited, removed, exchanged rows are found.',
  parameters: {
    anchor: { type: 'text', meaning: '`anchor` of an earlier answer, kept elsewhere.' },
  },
  authorise: sysadminOnly,
  handle: (call, params) => verifyAudit(call.sql, optionalText(params, 'anchor')),
});
