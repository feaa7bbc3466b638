import { FetchError } from '@portolan/fetcher';
import { cleanXml, decodeXml, UnreadableXml } from '@portolan/metadata';
import type { ObjectContext } from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { readCapabilitiesLimited, readPageLimited, readRecordLimited } from './read.ts';
import { capabilitiesUrl, getRecords, type Page, recordUrl } from './requests.rules.ts';
import { CswException, type RecordsPage, type SingleRecord } from './responses.ts';

type Way = Pick<ObjectContext, 'fetcher' | 'signal' | 'portal'> & { source: { url: string } };

/** Whatever went wrong between us and the server, in one kind; a broken network and a refused request alike. */
export class CswFailure extends Error {}

/** @throws CswFailure when there is no CSW at the source's address */
export const greet = (way: Way): Promise<void> =>
  asked(async () =>
    readCapabilitiesLimited(
      limitsOf(way, 'The description'),
      await read(way, capabilitiesUrl(way.source.url)),
    ),
  );

/** @throws CswFailure; with a CswException as its cause when the server understood and refused */
export const fetchPage = (way: Way, page: Page): Promise<RecordsPage> =>
  asked(async () =>
    readPageLimited(
      limitsOf(way, `The page from ${page.start}`),
      await read(way, way.source.url, {
        method: 'POST',
        repeatable: true,
        body: getRecords(page),
        headers: { 'content-type': 'application/xml' },
      }),
      page.elements === 'full',
    ),
  );

/** @returns undefined when the server has no such record @throws CswFailure */
export const fetchRecord = (way: Way, id: string): Promise<SingleRecord | undefined> =>
  asked(async () =>
    readRecordLimited(limitsOf(way, `Record ${id}`), await read(way, recordUrl(way.source.url, id))),
  );

const limitsOf = ({ portal }: Way, what: string) => ({ seconds: portal.maxDocumentSeconds, what });

async function read(
  { fetcher, signal }: Way,
  url: string,
  request: Parameters<Way['fetcher']['read']>[1] = {},
) {
  const { bytes, headers } = await fetcher.read(url, { signal, maxBytes: 10 * 2 ** 20, ...request });
  return cleanXml(decodeXml(bytes, headers['content-type'])) ?? '';
}

const failures = [FetchError, UnreadableXml, CswException, TooMuchWork];

async function asked<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (failures.some((kind) => error instanceof kind))
      throw new CswFailure((error as Error).message, { cause: error });
    throw error;
  }
}
