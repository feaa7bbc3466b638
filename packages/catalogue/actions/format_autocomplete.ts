import { readAction } from '../action/declaration.ts';
import { natural, soughtText } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';

export const formatAutocomplete = readAction({
  name: 'format_autocomplete',
  summary: 'Formats of resources that hold a text, the most frequent first.',
  parameters: {
    q: { type: 'text', required: true, meaning: 'The text; `%` and `_` are wildcards.' },
    limit: { type: 'integer', meaning: 'Most formats to give; 5 when missing.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const text = soughtText(params, 'q');
    const limit = natural(params, 'limit') ?? 5;
    // A final backslash would escape nothing, which LIKE does not allow.
    const pattern = `%${text.replace(/(?<!\\)((?:\\\\)*)\\$/, '$1\\\\')}%`;
    const rows = await call.sql.prepared<{ format: string }>(
      'format_autocomplete',
      `SELECT format FROM resource WHERE state = 'active' AND format ILIKE $1
       GROUP BY format ORDER BY count(format) DESC, format LIMIT $2`,
      [pattern, limit],
    );
    return rows.map(({ format }) => format.toLowerCase());
  },
});
