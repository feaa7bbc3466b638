import { invalidMessage } from '@portolan/kernel';
import type { CkanDataset } from '@portolan/metadata';
import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';
import { shownToAnybody } from '../personal/boundary.ts';
import { searchDatasets } from '../search/search_datasets.ts';

/** Datasets on a page of the catalogue, as other portals' harvesters expect. */
export const pageSize = 100;

export const pageParameters: Record<string, Parameter> = {
  page: { type: 'integer', meaning: 'Which page, from 1.' },
  modified_since: { type: 'text', meaning: 'Only datasets changed since then; ISO 8601.' },
  q: { type: 'text', meaning: 'Only datasets that match, as in package_search.' },
  fq: { type: 'text', meaning: 'A filter, as in package_search.' },
};

export interface CatalogueDatasets {
  page: number;
  /** Datasets on all pages. */
  total: number;
  datasets: CkanDataset[];
}

/** A page of the datasets that the caller may see, the last changed first. @throws PortolanError in CKAN's words */
export async function readPage(call: Call, params: Params): Promise<CatalogueDatasets> {
  const page = pageNumber(params['page']);
  const [q, fq, since] = ['q', 'fq', 'modified_since'].map((name) => optionalText(params, name));
  const { found, results } = await searchDatasets(call, {
    ...(q ? { q } : {}),
    fq_list: [
      '+dataset_type:dataset',
      ...(fq ? [fq] : []),
      ...(since ? [`metadata_modified:[${moment(since)} TO NOW]`] : []),
    ],
    rows: pageSize,
    start: (page - 1) * pageSize,
    sort: 'metadata_modified desc, id asc',
  });
  const datasets = results.map((text) => shownToAnybody(call.site, JSON.parse(text) as CkanDataset));
  return { page, total: found.count, datasets };
}

function pageNumber(value: unknown): number {
  const page = value === undefined || value === '' ? 1 : Number(value);
  if (!Number.isSafeInteger(page) || page < 1)
    throw invalidMessage('Page param must be a positive integer starting in 1');
  return page;
}

function moment(text: string): string {
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(time)) throw invalidMessage('Wrong modified date format. Use ISO-8601 format');
  return new Date(time).toISOString();
}
