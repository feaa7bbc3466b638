import { dataJsonOf } from '@portolan/metadata';
import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { pageParameters, readPage } from '../dcat/read_page.ts';

export const dcatDatasetsList = readAction({
  name: 'dcat_datasets_list',
  summary: 'A page of the catalogue as a data.json has it.',
  parameters: pageParameters,
  authorise: anyone,
  handle: async (call, params) => (await readPage(call, params)).datasets.map(dataJsonOf),
});
