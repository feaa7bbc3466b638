import { createHash } from 'node:crypto';
import { type FetchDocument, FetchError } from '@portolan/fetcher';
import { type DcatDataset, decodeXml, guessSyntax, syntaxOf } from '@portolan/metadata';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { mayLeadTo } from '../../source/manners.rules.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { fetchMessage } from '../fetch_message.rules.ts';
import { datasetFromDcat, guidTeller } from './mapping.rules.ts';
import { readPageLimited } from './read.ts';

/** Contexts that a document may be written in; each is loaded from elsewhere. */
const mostContexts = 20;

/** Where an interrupted gathering had got to. */
interface Cursor {
  url: string;
  /** Hash of the first page: a page that is the same again ends the listing. */
  first: string;
}

/**
 * All pages of a catalogue, as Hydra links them. Datasets that no page held are gone, unless the pages go in a circle:
 * where they end, and what else there may be, is not known then.
 */
export async function* gatherDcatRdf(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { source, config } = context;
  const cursor = context.cursor as Cursor | undefined;
  const seen = new Set<string>();
  const guidOf = guidTeller(source.url);
  const { cleanTags } = context.portal.rdf;
  let first = cursor?.first;
  let url: string | undefined = cursor?.url ?? source.url;
  while (url !== undefined) {
    const repeated = `The pages of the catalogue go in a circle at ${url}: none of its datasets is deleted`;
    if (seen.has(url)) return context.error(repeated, 'circle');
    seen.add(url);
    const document = await read(context, url);
    const hash = createHash('sha256').update(document.bytes).digest('hex');
    if (first === hash) return context.error(repeated, 'circle');
    first ??= hash;
    const page = await parse(context, document);
    for (const dataset of page.datasets) {
      const guid = guidOf(dataset);
      if (guid === undefined) {
        const mapped = datasetFromDcat(dataset, '', { cleanTags });
        context.finding('unidentified', mapped.title || pythonJson(mapped));
        await context.error(`Could not get a unique identifier for dataset: ${pythonJson(mapped)}`);
      } else yield { guid, content: pythonJson(datasetFromDcat(dataset, guid, { cleanTags })) };
    }
    url = page.next;
    if (url !== undefined && !mayLeadTo(url, source.url, config))
      throw new GatherFailure(`The next page is on another host: ${url} (allow_offsite)`);
    if (url === undefined) break;
    const { added } = await context.checkpoint({ url, first } satisfies Cursor);
    // A page that is read again after a crash brings nothing new although there may be more.
    if (added === 0 && seen.size > 1) return context.error(repeated, 'circle');
  }
  context.deleteMissing();
}

async function read({ readListing, signal }: GatherContext, url: string): Promise<FetchDocument> {
  try {
    return await readListing(url, { signal });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new GatherFailure(fetchMessage(error, url), { cause: error });
  }
}

async function parse(
  { config, portal, readListing, signal }: GatherContext,
  document: FetchDocument,
): Promise<{ datasets: DcatDataset[]; next: string | undefined }> {
  try {
    const text = document.text();
    const named = typeof config['rdf_format'] === 'string' ? config['rdf_format'] : undefined;
    const syntax =
      named === undefined
        ? (syntaxOf(document.headers['content-type'] ?? '') ?? guessSyntax(text))
        : syntaxOf(named);
    if (syntax === undefined) throw new Error(`There is no parser for ${named}`);
    const { url: base } = document;
    const { normalizeFormats, subcatalogues } = portal.rdf;
    const reading = {
      // An XML document says itself how it is written.
      text: syntax === 'rdfxml' ? decodeXml(document.bytes, document.headers['content-type']) : text,
      syntax,
      base,
      portal: { url: portal.url, language: portal.language },
      normalizeFormats,
      subcatalogues,
    };
    // A catalogue may be as long as an answer may, and holds many records.
    const seconds = portal.maxDocumentSeconds * Math.ceil(Math.max(text.length, 1) / 2 ** 20);
    const contexts: Record<string, unknown> = {};
    for (let loaded = 0; loaded <= mostContexts; loaded++) {
      const page = await readPageLimited({ seconds, what: `Catalogue ${base}` }, { ...reading, contexts });
      if (!('needs' in page)) return page;
      contexts[page.needs] = (
        await readListing(page.needs, { signal, maxBytes: portal.maxRecordBytes })
      ).json();
    }
    throw new Error(`The document has more than ${mostContexts} contexts`);
  } catch (error) {
    throw new GatherFailure(
      `Error parsing the RDF file: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
