import { canonicalFormat } from '@portolan/catalogue/formats';
import { licenses } from '@portolan/catalogue/licenses';
import {
  type DcatDataset,
  nextPage,
  parseRdf,
  type RdfSyntax,
  type ReadingPortal,
  readDatasets,
} from '@portolan/metadata';
import { refuseCostlyJson } from '../../text/remote_json.rules.ts';
import { limited } from '../../thread/limited.ts';

/** A page of a catalogue, and how it is to be read. */
export interface PageReading {
  text: string;
  syntax: RdfSyntax;
  /** What relative addresses are relative to. */
  base: string;
  /** Contexts of JSON-LD from elsewhere, by address. */
  contexts: Record<string, unknown>;
  portal: { url: string; language: string };
  normalizeFormats: boolean;
  subcatalogues: boolean;
}

/** What it says; or the address of a context without which it cannot be read. */
export type ReadPage = { datasets: DcatDataset[]; next: string | undefined } | { needs: string };

/** @throws Error in the words of the parser */
export async function readPage(reading: PageReading): Promise<ReadPage> {
  const { text, syntax, base, contexts, portal, subcatalogues } = reading;
  let missing: string | undefined;
  async function loadContext(url: string): Promise<unknown> {
    if (Object.hasOwn(contexts, url)) return contexts[url];
    missing = url;
    throw new Error(`The context ${url} is not loaded`);
  }
  if (syntax === 'jsonld') refuseCostlyJson(text);
  try {
    const graph = await parseRdf(text, syntax, { base, loadContext });
    const format = reading.normalizeFormats ? canonicalFormat : (name: string) => name;
    const datasets = readDatasets(graph, { ...portal, format, license: licenseId, subcatalogues });
    return { datasets: [...datasets], next: nextPage(graph) };
  } catch (error) {
    if (missing === undefined) throw error;
    return { needs: missing };
  }
}

export const readPageLimited = limited(import.meta.url, readPage);

const byUrl = new Map(licenses.map(({ id, url }) => [url, id]));
const byTitle = new Map(licenses.map(({ id, title }) => [title, id]));

const licenseId: ReadingPortal['license'] = (by) => ('url' in by ? byUrl.get(by.url) : byTitle.get(by.title));
