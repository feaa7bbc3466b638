import { invalid } from '@portolan/kernel';
import { pythonItems } from '@portolan/schema';
import { readAction } from '../action/declaration.ts';
import { natural, sent } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { findResources } from '../search/find_resources.ts';

export const resourceSearch = readAction({
  name: 'resource_search',
  summary: 'Resources of public datasets whose fields hold given texts.',
  parameters: {
    query: {
      type: 'list',
      required: true,
      meaning: '`field:text`, or several of them that all have to hold.',
    },
    order_by: { type: 'text', meaning: 'Field to sort by, ascending.' },
    offset: { type: 'integer', meaning: 'Resources to leave out first.' },
    limit: { type: 'integer', meaning: 'Most resources to give.' },
  },
  authorise: anyone,
  handle(call, params) {
    const offset = natural(params, 'offset') ?? 0;
    const limit = natural(params, 'limit');
    const orderBy = params['order_by'];
    return findResources(call, {
      terms: termsOf(sent(params, 'query')),
      orderBy: typeof orderBy === 'string' ? orderBy : undefined,
      offset,
      limit,
    });
  },
});

// A field that is given twice keeps its last text.
function termsOf(query: unknown): Map<string, string> {
  if (query === undefined || query === null) throw invalid({ query: 'Missing value' });
  const pairs = typeof query === 'object' ? pythonItems(query) : [query];
  const terms = new Map<string, string>();
  for (const pair of pairs) {
    const [, field, text] = /^([^:]*):(.*)$/s.exec(typeof pair === 'string' ? pair : '') ?? [];
    if (field === undefined || text === undefined)
      throw invalid({ query: 'Must be <field>:<value> pair(s)' });
    terms.set(field, text);
  }
  return terms;
}
