import { readAction } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { explainSearch } from '../search/explain.ts';
import { packageSearch } from './package_search.ts';

export const searchExplain = readAction({
  name: 'search_explain',
  summary:
    'What becomes of a search: its clauses with what each finds by itself, names like those of unknown fields, ' +
    'what the engine is asked, and why a dataset is found or not.',
  parameters: {
    ...packageSearch.parameters,
    dataset: { type: 'text', meaning: 'Say of each clause whether it matches this dataset, and its score.' },
  },
  authorise: sysadminOnly,
  handle(call, { dataset, ...params }) {
    return explainSearch(call.site, params, optionalText({ dataset }, 'dataset'));
  },
});
