import { readAction } from '../action/declaration.ts';
import { natural, soughtText } from '../action/parameters.ts';
import { callerLabels } from '../authorisation/labels.ts';
import { anyone } from '../authorisation/rules.ts';

export const packageAutocomplete = readAction({
  name: 'package_autocomplete',
  summary: 'Datasets whose name or title holds a text.',
  parameters: {
    q: { type: 'text', required: true, meaning: 'The text.' },
    limit: { type: 'integer', meaning: 'Most datasets to give; 10 when missing.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const text = soughtText(params, 'q');
    const limit = natural(params, 'limit') ?? 10;
    const labels = await callerLabels(call);
    const found = await call.site.search.suggestDatasets(call.sql, { text, limit, labels });
    const lower = text.toLowerCase();
    return found.map(({ name, title }) =>
      name.includes(lower)
        ? { name, title, match_field: 'name', match_displayed: name }
        : { name, title, match_field: 'title', match_displayed: `${title} (${name})` },
    );
  },
});
