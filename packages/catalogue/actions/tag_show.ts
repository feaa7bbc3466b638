import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { flag, requiredText } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { listDatasets } from '../organization/datasets.ts';
import { findTag, presentTag } from '../tag/find.ts';
import { validatedDict } from '../tag/validated_dict.ts';

const mostDatasets = 1000;

export const tagShow = readAction({
  name: 'tag_show',
  summary: 'A tag.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the tag.' },
    vocabulary_id: { type: 'text', meaning: 'Id or name of its vocabulary; a free tag when missing.' },
    include_datasets: { type: 'boolean', meaning: `Add its public datasets, ${mostDatasets} at most.` },
  },
  authorise: anyone,
  async handle(call, params) {
    const tag = await findTag(call.sql, requiredText(params, 'id'), params['vocabulary_id']);
    if (!tag) throw notFound();
    if (!flag(params, 'include_datasets', false)) return presentTag(tag);
    const datasets = await listDatasets(call, { tag: tag.id }, mostDatasets);
    const packages = datasets
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      // CKAN leaves what its index keeps in the answer, and clients of older releases read it there.
      .map((dataset) => ({ ...dataset, validated_data_dict: validatedDict(dataset) }));
    return { ...presentTag(tag), packages };
  },
});
