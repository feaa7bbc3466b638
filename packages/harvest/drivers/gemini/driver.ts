import type { Driver } from '../../driver.ts';
import { fetchCswRecord } from '../csw/fetch.ts';
import { listedAs } from '../csw/renamed.repo.ts';
import { publicRecordUrl } from '../csw/requests.rules.ts';
import { validateSpatialConfig } from '../spatial/config.rules.ts';
import { gatherGeminiCsw, gatherGeminiDocument, gatherGeminiFolder } from './gather.ts';
import { settleByGuid } from './settle.ts';
import { geminiToDataset } from './to_dataset.ts';

const geminiDriver = (
  own: Pick<Driver, 'name' | 'title' | 'description' | 'gather' | 'fetch' | 'originalUrl'>,
): Driver => ({
  ...own,
  reimport: 'changed',
  validateConfig: validateSpatialConfig,
  toDataset: geminiToDataset,
  settle: settleByGuid,
});

export const geminiCswDriver = geminiDriver({
  name: 'gemini-csw',
  title: 'GEMINI - CSW Server',
  description: 'A CSW server of GEMINI 2 records',
  gather: gatherGeminiCsw,
  fetch: fetchCswRecord,
  originalUrl: (source, object) => publicRecordUrl(source.url, object.extras[listedAs] ?? object.guid),
});

export const geminiWafDriver = geminiDriver({
  name: 'gemini-waf',
  title: 'GEMINI - Web Accessible Folder (WAF)',
  description: 'A Web Accessible Folder (WAF) displaying a list of GEMINI 2 documents',
  gather: gatherGeminiFolder,
  originalUrl: (_source, object) => object.extras['url'],
});

export const geminiSingleDriver = geminiDriver({
  name: 'gemini-single',
  title: 'GEMINI - Single document',
  description: 'A single GEMINI 2 document',
  gather: gatherGeminiDocument,
  originalUrl: (source) => source.url,
});
