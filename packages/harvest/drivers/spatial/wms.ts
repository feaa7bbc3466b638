import { UnreadableXml } from '@portolan/metadata';
import type { ObjectContext, ObjectProblem } from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { readCapabilitiesLimited } from './capabilities.ts';
import { readDocument, UnreadDocument } from './read_document.ts';

type Resource = Record<string, unknown>;

/**
 * Asks each resource's address for its capabilities as a Web Map Service and marks those that answer; the first of
 * them is the one to preview. @returns what went wrong, a problem for each address that does not answer
 */
export async function markWmsResources(
  context: ObjectContext,
  resources: Resource[],
): Promise<ObjectProblem[]> {
  const problems: ObjectProblem[] = [];
  for (const resource of resources) {
    const url = String(resource['url'] ?? '');
    try {
      if (!(await hasLayers(context, url))) continue;
      resource['verified'] = true;
      resource['verified_date'] = new Date(context.runtime.now()).toISOString();
      resource['format'] = 'WMS';
    } catch (error) {
      const isRemote = [UnreadDocument, UnreadableXml, TooMuchWork].some((kind) => error instanceof kind);
      if (!isRemote || !(error instanceof Error)) throw error;
      problems.push({
        message: `WMS check for ${url} failed with exception: ${error.message}`,
        stage: 'Import',
      });
    }
  }
  const preview =
    resources.find(({ verified }) => verified === true) ?? resources.find(({ format }) => format === 'WMS');
  if (preview) preview['ckan_recommended_wms_preview'] = true;
  return problems;
}

/** By version 1.1.1; by 1.3.0 where that is not what the server speaks. */
async function hasLayers(context: ObjectContext, url: string): Promise<boolean> {
  for (const version of ['1.1.1', '1.3.0']) {
    const limits = { seconds: context.portal.maxDocumentSeconds, what: `The description of ${url}` };
    const text = await readDocument(context, capabilitiesUrl(url, version));
    const found = await readCapabilitiesLimited(limits, text);
    if (typeof found === 'object') throw new UnreadableXml(found.unreadable);
    if (found !== 'other') return found === 'layers';
  }
  return false;
}

function capabilitiesUrl(url: string, version: string): string {
  const asked = { service: 'WMS', request: 'GetCapabilities', version };
  const [address = '', query = ''] = (url.split('#')[0] ?? '').split('?');
  const kept = query
    .split('&')
    .filter((one) => one !== '' && !((one.split('=')[0]?.toLowerCase() as string) in asked));
  return `${address}?${[...kept, ...Object.entries(asked).map(([key, value]) => `${key}=${value}`)].join('&')}`;
}
