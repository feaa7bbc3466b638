import { denied, invalidMessage } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { flag, isTruthy, optionalText } from '../action/parameters.ts';
import { presentUserTo } from '../user/presenter.ts';
import { type UserRow, userColumns } from '../user/row.ts';
import { maySeeUsers } from '../user/rules.ts';

const shownName = `CASE WHEN coalesce(u.fullname, '') = '' THEN u.name ELSE u.fullname END`;
const orders: Record<string, string> = {
  id: 'u.id',
  name: 'u.name',
  fullname: 'u.fullname',
  display_name: shownName,
  created: 'u.created',
  about: 'u.about',
  sysadmin: 'u.sysadmin',
  number_created_packages: 'number_created_packages',
};

export const userList = readAction({
  name: 'user_list',
  summary: 'All accounts but deleted ones.',
  parameters: {
    q: { type: 'text', meaning: 'Part of the name or full name; for sysadmins of the address, too.' },
    email: { type: 'text', meaning: 'The whole address; sysadmins only.' },
    order_by: {
      type: 'text',
      meaning: `One of ${Object.keys(orders).join(', ')}; display_name when missing.`,
    },
    all_fields: { type: 'boolean', meaning: 'Whole accounts, as by default, or names alone.' },
    include_site_user: { type: 'boolean', meaning: 'Also the account of background work.' },
  },
  authorise(call, params) {
    maySeeUsers(call);
    if (isTruthy(params['email']) && !call.ignoreAuth && !call.user?.sysadmin) throw denied();
  },
  async handle(call, params) {
    const q = optionalText(params, 'q');
    const email = optionalText(params, 'email');
    const order = optionalText(params, 'order_by') ?? 'display_name';
    if (order === 'edits') throw invalidMessage('order_by=edits is no longer supported');
    const allFields = flag(params, 'all_fields', true);
    const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
    const rows = await call.sql.rows<UserRow>(
      `SELECT ${userColumns} FROM "user" u
       WHERE u.state <> 'deleted'
         AND ($1::text IS NULL OR u.name ILIKE $1 OR u.fullname ILIKE $1 OR $2 AND u.email ILIKE $1)
         AND ($3::text IS NULL OR lower(u.email) = lower($3))
         AND ($4::text IS NULL OR u.name <> $4)
       ORDER BY ${orders[order] ?? shownName}, u.name`,
      [
        q === undefined ? null : `%${q}%`,
        sysadmin,
        email ?? null,
        flag(params, 'include_site_user', false) ? null : call.site.config.siteId,
      ],
    );
    return allFields ? rows.map((user) => presentUserTo(call, user)) : rows.map((user) => user.name);
  },
});
