import { UnreadableXml, withXml } from '@portolan/metadata';
import { limited } from '../../thread/limited.ts';

const layers = `//*[local-name() = 'Capability']/*[local-name() = 'Layer']`;

/** Whether a Web Map Service tells of layers; `other`: it is no description of one in this version. */
export function readCapabilities(text: string): 'layers' | 'none' | 'other' | { unreadable: string } {
  try {
    return withXml(text, (document) => {
      if (!document.root.name.endsWith('_Capabilities')) return 'other';
      return document.find(layers).length > 0 ? 'layers' : 'none';
    });
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    return { unreadable: error.message };
  }
}

export const readCapabilitiesLimited = limited(import.meta.url, readCapabilities);
