import { FetchError } from '@portolan/fetcher';
import {
  type Driver,
  type GatherContext,
  GatherFailure,
  ObjectFailure,
  type RecordDescriptor,
} from '@portolan/harvest';

interface Page {
  teas: Tea[];
  next?: string;
}

interface Tea {
  id: string;
  name: string;
  price: string;
}

/** A merchant's list of teas, in pages; each tea becomes a dataset of its prices. */
export const teaListDriver: Driver = {
  name: 'tea-list',
  title: 'List of teas',
  description: 'A list of teas with their prices, page by page',
  reimport: 'changed',
  validateConfig: (text) => text,
  gather: gatherTeas,
  toDataset({ object }) {
    const tea = JSON.parse(object.content ?? '{}') as Partial<Tea>;
    if (!tea.name) throw new ObjectFailure(`Tea ${object.guid} has no name`);
    const resources = tea.price ? [{ url: tea.price, name: 'Prices', format: 'CSV' }] : [];
    return { identity: 'derived', dataset: { title: tea.name, resources } };
  },
  originalUrl: (source) => source.url,
};

async function* gatherTeas(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  let url: string | undefined = (context.cursor as string | undefined) ?? context.source.url;
  while (url !== undefined) {
    const page = await read(context, url);
    for (const tea of page.teas) yield { guid: tea.id, content: JSON.stringify(tea) };
    url = page.next === undefined ? undefined : new URL(page.next, url).href;
    if (url !== undefined) await context.checkpoint(url);
  }
  context.deleteMissing();
}

async function read({ fetcher, signal }: GatherContext, url: string): Promise<Page> {
  try {
    const page = (await fetcher.read(url, { signal })).json() as Partial<Page>;
    return { ...page, teas: page.teas ?? [] };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new GatherFailure(`The list at ${url} cannot be read: ${error.message}`, { cause: error });
  }
}
