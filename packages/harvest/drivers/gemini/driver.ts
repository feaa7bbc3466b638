import type { Driver } from '../../driver.ts';
import { listedAs } from '../csw/renamed.repo.ts';
import { publicRecordUrl } from '../csw/requests.rules.ts';

const failed = (message: string): string => (message.trim() === '' ? '.' : `: ${message}`);

const geminiDriver = (
  own: Pick<Driver, 'name' | 'title' | 'description' | 'gather' | 'fetch' | 'originalUrl'>,
): Driver => ({
  ...own,
  spatial: true,
  reimport: 'changed',
  validateConfig: async (text) => (await import('../spatial/config.rules.ts')).validateSpatialConfig(text),
  toDataset: async (context) => (await import('./to_dataset.ts')).geminiToDataset(context),
  failureText: ({ validation, message }) =>
    `Error importing Gemini document${failed(validation === undefined ? message : `Validation Error: ${validation}`)}`,
  settle: async (tx, records) => (await import('./settle.ts')).settleByGuid(tx, records),
});

export const geminiCswDriver = geminiDriver({
  name: 'gemini-csw',
  title: 'GEMINI - CSW Server',
  description: 'A CSW server of GEMINI 2 records',
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherGeminiCsw(context);
  },
  fetch: async (context) => (await import('../csw/fetch.ts')).fetchCswRecord(context),
  originalUrl: (source, object) => publicRecordUrl(source.url, object.extras[listedAs] ?? object.guid),
});

export const geminiWafDriver = geminiDriver({
  name: 'gemini-waf',
  title: 'GEMINI - Web Accessible Folder (WAF)',
  description: 'A Web Accessible Folder (WAF) displaying a list of GEMINI 2 documents',
  async *gather(context) {
    yield* (await import('./folder.ts')).listGeminiFolder(context);
  },
  fetch: async (context) => (await import('./folder.ts')).fetchGeminiLink(context),
  originalUrl: (_source, object) => object.extras['url'],
});

export const geminiSingleDriver = geminiDriver({
  name: 'gemini-single',
  title: 'GEMINI - Single document',
  description: 'A single GEMINI 2 document',
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherGeminiDocument(context);
  },
  originalUrl: (source) => source.url,
});
