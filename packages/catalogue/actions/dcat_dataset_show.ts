import type { CkanDataset } from '@portolan/metadata';
import { JsonText, readAction } from '../action/declaration.ts';
import { formatOf, formatParameter } from '../dcat/format.ts';
import { shownToAnybody } from '../personal/boundary.ts';
import { packageShow, type ShownDataset } from './package_show.ts';

export const dcatDatasetShow = readAction<ShownDataset>({
  name: 'dcat_dataset_show',
  summary: 'A dataset in DCAT-AP, as a text.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    format: formatParameter,
  },
  authorise: packageShow.authorise,
  async handle(call, params, document) {
    const format = formatOf(params);
    const shown = await packageShow.handle(call, { id: params['id'] }, document);
    const dataset = (shown instanceof JsonText ? JSON.parse(shown.text) : shown) as CkanDataset;
    const { Statements, serialise, writeDataset } = await import('@portolan/metadata');
    const statements = new Statements();
    writeDataset(statements, shownToAnybody(call.site, dataset), call.site.config.siteUrl);
    return serialise(statements.quads, format);
  },
});
