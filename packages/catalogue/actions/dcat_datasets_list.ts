import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { pageParameters, readPage } from '../dcat/read_page.ts';

export const dcatDatasetsList = readAction({
  name: 'dcat_datasets_list',
  summary: 'A page of the catalogue as a data.json has it.',
  parameters: pageParameters,
  authorise: anyone,
  async handle(call, params) {
    const { dataJsonOf } = await import('@portolan/metadata');
    return (await readPage(call, params)).datasets.map(dataJsonOf);
  },
});
