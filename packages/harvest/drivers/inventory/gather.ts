import { FetchError } from '@portolan/fetcher';
import { decodeXml } from '@portolan/metadata';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { currentObjects } from '../../object/object.repo.ts';
import { elementsOf, MalformedInventory, namespace } from './document.ts';
import { structureCheck } from './structure.rules.ts';
import { inventory } from './structure.table.ts';
import { serialise, textOf, type XmlElement } from './xml_element.ts';

/**
 * The datasets of the one document that have changed since they were last imported, by the later of their own and
 * the document's date. Those that vanish from it stay.
 */
export async function* gatherInventory(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { source, sql } = context;
  const text = await read(context);
  const seen = new Set<string>();
  const structure = structureCheck('Inventory', inventory, namespace);
  try {
    for (const { element, around } of elementsOf(text, 'Dataset', structure)) {
      const identifier = textOf(element, 'Identifier');
      if (seen.has(identifier)) {
        context.finding('duplicate', identifier);
        await context.error(`Dataset with duplicate identifier "${identifier}" - discarding`);
        continue;
      }
      seen.add(identifier);
      const guid = `${textOf(around, 'Identifier')}/${identifier}`;
      const modified = laterOf(element, around);
      const [current] = await currentObjects(sql, source.id, [guid]);
      if (current?.remote_modified && modified && current.remote_modified >= modified) continue;
      yield {
        guid,
        content: serialise(element, namespace),
        extras: { status: current ? 'changed' : 'new', ...(modified ? { modified } : {}) },
        ...(modified ? { remoteModified: modified } : {}),
      };
    }
    const odd = structure.verdict();
    if (odd !== undefined)
      await context.error(`Warning: the document is not as inventories should be: ${odd}`);
  } catch (error) {
    if (!(error instanceof MalformedInventory)) throw error;
    throw new GatherFailure(`Failed to parse or validate the XML document: XMLSyntaxError ${error.message}`, {
      cause: error,
    });
  }
}

const laterOf = (dataset: XmlElement, document: XmlElement | undefined): string | undefined =>
  [dataset.attributes['Modified'], document?.attributes['Modified']]
    .filter((date) => date !== undefined && date !== '')
    .sort()
    .at(-1);

async function read({ readListing, signal, source }: GatherContext): Promise<string> {
  try {
    const { bytes, headers } = await readListing(source.url, { signal });
    return decodeXml(bytes, headers['content-type']);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new GatherFailure(
      `Failed to get content from URL: ${source.url} Error:${error.kind} ${error.message}`,
      { cause: error },
    );
  }
}
