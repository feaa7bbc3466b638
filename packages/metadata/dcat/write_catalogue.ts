import { resource, type Statements, text, typed } from '../rdf/statements.ts';
import type { Name } from '../rdf/vocabulary.ts';
import { type CkanDataset, moment, writeDataset } from './write_dataset.ts';

export interface Catalogue {
  url: string;
  title: string;
  description: string;
  language: string;
}

/** One page of a catalogue that is read page by page. */
export interface CataloguePage {
  /** From 1. */
  page: number;
  size: number;
  /** Datasets on all pages. */
  total: number;
  /** Address of a page of this reading. */
  address(page: number): string;
}

/** A page of the catalogue: what it is, its datasets, and where the other pages are (Hydra and its draft of 2013). */
export function writeCatalogue(
  statements: Statements,
  catalogue: Catalogue,
  datasets: readonly CkanDataset[],
  page: CataloguePage,
): void {
  const subject = resource(catalogue.url);
  statements.type(subject, 'dcat:Catalog');
  statements.add(subject, 'dct:title', text(catalogue.title));
  if (catalogue.description) statements.add(subject, 'dct:description', text(catalogue.description));
  statements.add(subject, 'dct:language', text(catalogue.language));
  statements.add(subject, 'foaf:homepage', resource(catalogue.url));
  const modified = datasets
    .map((dataset) => String(dataset['metadata_modified'] ?? ''))
    .sort()
    .at(-1);
  if (modified) statements.add(subject, 'dct:modified', moment(modified));
  for (const dataset of datasets) {
    const address = writeDataset(statements, dataset, catalogue.url);
    statements.add(subject, 'dcat:dataset', resource(address));
  }
  writePaging(statements, page);
}

function writePaging(statements: Statements, { page, size, total, address }: CataloguePage): void {
  const last = Math.max(1, Math.ceil(total / size));
  const view = resource(address(page));
  statements.type(view, 'hydra:PagedCollection');
  statements.add(view, 'hydra:totalItems', typed(String(total), 'xsd:integer'));
  statements.add(view, 'hydra:itemsPerPage', typed(String(size), 'xsd:integer'));
  const links: [Name, Name, number | undefined][] = [
    ['hydra:first', 'hydra:firstPage', 1],
    ['hydra:last', 'hydra:lastPage', last],
    ['hydra:next', 'hydra:nextPage', page < last ? page + 1 : undefined],
    ['hydra:previous', 'hydra:previousPage', page > 1 ? Math.min(page - 1, last) : undefined],
  ];
  for (const [now, before, to] of links) {
    if (to === undefined) continue;
    statements.add(view, now, text(address(to)));
    statements.add(view, before, text(address(to)));
  }
}
