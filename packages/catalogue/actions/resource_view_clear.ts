import { invalid } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { isTruthy } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';

export const resourceViewClear = writeAction({
  name: 'resource_view_clear',
  summary: 'Takes all views of the portal away, or those of some kinds.',
  parameters: { view_types: { type: 'list', meaning: 'Kinds of views; none is all of them.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const types = isTruthy(params['view_types']) ? params['view_types'] : [];
    if (!Array.isArray(types)) throw invalid({ view_types: ['Not a list'] });
    await call.sql.rows(
      'DELETE FROM resource_view WHERE cardinality($1::text[]) = 0 OR view_type = ANY($1)',
      [types.map(String)],
    );
    return null;
  },
});
