import { invalid } from '@portolan/kernel';
import { JsonText, readAction } from '../action/declaration.ts';
import { integer, natural } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { searchDatasets } from '../search/search_datasets.ts';

export const currentPackageListWithResources = readAction({
  name: 'current_package_list_with_resources',
  summary: 'Whole datasets, those changed last first.',
  parameters: {
    limit: { type: 'integer', meaning: 'Most datasets to give; 10 when missing.' },
    offset: { type: 'integer', meaning: 'Datasets to leave out first.' },
    page: { type: 'integer', meaning: 'Deprecated: the page, counted from 1, instead of an offset.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const limit = natural(params, 'limit');
    const offset = natural(params, 'offset');
    const page = integer(params, 'page');
    if (page !== undefined && page < 1) throw invalid({ page: ['Must be a positive integer'] });
    const start = offset ?? (page !== undefined && limit ? (page - 1) * limit : 0);
    const { results } = await searchDatasets(call, {
      q: '',
      rows: limit,
      start,
      include_private: call.user?.sysadmin === true,
    });
    return new JsonText(`[${results.join(', ')}]`);
  },
});
