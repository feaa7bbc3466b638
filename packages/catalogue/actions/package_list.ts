import { readAction } from '../action/declaration.ts';
import { natural } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';

export const packageList = readAction({
  name: 'package_list',
  summary: 'Names of all public datasets, in their order.',
  parameters: {
    limit: { type: 'integer', meaning: 'Most names to give; none or 0 is all.' },
    offset: { type: 'integer', meaning: 'Names to leave out first.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const limit = natural(params, 'limit');
    const offset = natural(params, 'offset') ?? 0;
    const rows = await call.sql.prepared<{ name: string }>(
      'package_list',
      `SELECT name FROM package WHERE state = 'active' AND NOT private ORDER BY name LIMIT $1 OFFSET $2`,
      [limit || null, offset],
    );
    return rows.map((row) => row.name);
  },
});
