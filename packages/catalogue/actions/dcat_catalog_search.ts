import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { catalogueText } from '../dcat/catalogue_text.ts';
import { formatParameter } from '../dcat/format.ts';
import { pageParameters } from '../dcat/read_page.ts';

export const dcatCatalogSearch = readAction({
  name: 'dcat_catalog_search',
  summary: 'A page of the catalogue in DCAT-AP, as a text.',
  parameters: { ...pageParameters, format: formatParameter },
  authorise: anyone,
  handle: catalogueText,
});
