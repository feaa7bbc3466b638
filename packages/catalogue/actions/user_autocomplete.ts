import { readAction } from '../action/declaration.ts';
import { looseFlag, natural, soughtText } from '../action/parameters.ts';
import { maySeeUsers } from '../user/rules.ts';

export const userAutocomplete = readAction({
  name: 'user_autocomplete',
  summary: 'Accounts whose name or full name holds a text, in the order of their rows.',
  parameters: {
    q: { type: 'text', required: true, meaning: 'The text; for sysadmins part of the address, too.' },
    limit: { type: 'integer', meaning: 'Most accounts; 20 when missing.' },
    ignore_self: { type: 'boolean', meaning: 'Leave the caller out.' },
  },
  authorise: maySeeUsers,
  async handle(call, params) {
    const q = soughtText(params, 'q');
    const limit = natural(params, 'limit') ?? 20;
    return call.sql.prepared(
      'user_autocomplete',
      `SELECT fullname, id, name FROM "user" u
       WHERE state <> 'deleted' AND (name ILIKE $1 OR fullname ILIKE $1 OR $2 AND email ILIKE $1)
         AND id IS DISTINCT FROM $3
       ORDER BY ctid LIMIT $4`,
      [
        `%${q}%`,
        call.ignoreAuth || call.user?.sysadmin === true,
        looseFlag(params, 'ignore_self') ? (call.user?.id ?? null) : null,
        limit,
      ],
    );
  },
});
