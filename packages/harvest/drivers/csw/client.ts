import { FetchError } from '@portolan/fetcher';
import { cleanXml, decodeXml, UnreadableXml } from '@portolan/metadata';
import type { ObjectContext } from '../../driver.ts';
import { capabilitiesUrl, getRecords, type Page, recordUrl } from './requests.rules.ts';
import {
  CswException,
  type RecordsPage,
  readCapabilities,
  readPage,
  readRecordById,
  type SingleRecord,
} from './responses.ts';

type Way = Pick<ObjectContext, 'fetcher' | 'signal'> & { source: { url: string } };

/** Whatever went wrong between us and the server, in one kind; a broken network and a refused request alike. */
export class CswFailure extends Error {}

/** @throws CswFailure when there is no CSW at the source's address */
export const greet = (way: Way): Promise<void> =>
  asked(async () => readCapabilities(await read(way, capabilitiesUrl(way.source.url))));

/** @throws CswFailure; with a CswException as its cause when the server understood and refused */
export const fetchPage = (way: Way, page: Page): Promise<RecordsPage> =>
  asked(async () =>
    readPage(
      await read(way, way.source.url, {
        method: 'POST',
        body: getRecords(page),
        headers: { 'content-type': 'application/xml' },
      }),
      page.elements === 'full',
    ),
  );

/** @returns undefined when the server has no such record @throws CswFailure */
export const fetchRecord = (way: Way, id: string): Promise<SingleRecord | undefined> =>
  asked(async () => readRecordById(await read(way, recordUrl(way.source.url, id))));

async function read(
  { fetcher, signal }: Way,
  url: string,
  request: Parameters<Way['fetcher']['read']>[1] = {},
) {
  const { bytes, headers } = await fetcher.read(url, { signal, maxBytes: 10 * 2 ** 20, ...request });
  return cleanXml(decodeXml(bytes, headers['content-type'])) ?? '';
}

async function asked<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof FetchError || error instanceof UnreadableXml || error instanceof CswException)
      throw new CswFailure(error.message, { cause: error });
    throw error;
  }
}
