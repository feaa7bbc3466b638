import { type GatherContext, GatherFailure } from '../../driver.ts';
import { CswFailure, fetchPage, greet } from './client.ts';
import type { Page } from './requests.rules.ts';
import { CswException, type RecordsPage } from './responses.ts';

const pageSize = 10;
/** A server that counts higher than this is one that never ends. */
const mostRecords = 1_000_000;

/** Where an interrupted listing had got to. */
interface Cursor {
  start: number;
  found: number;
}

/**
 * The identifiers of a CSW's records, a page at a time, each once. Ends where the server says so, or where a page
 * brings nothing new.
 * @returns whether all the records that the server counts were seen
 * @throws GatherFailure
 */
export async function* listIdentifiers(
  context: GatherContext,
  cql?: string,
): AsyncGenerator<string[], { complete: boolean }> {
  await contact(context);
  const seen = new Set<string>();
  let { start, found } = (context.cursor as Cursor | null | undefined) ?? { start: 1, found: 0 };
  let matched = 0;
  let sorted = true;
  for (;;) {
    const page = await nextPage(context, { start, size: pageSize, cql, sorted });
    sorted = page.sorted;
    matched = page.matched;
    const fresh = page.identifiers.filter((id) => {
      if (!seen.has(id)) return seen.add(id);
      context.finding('duplicate', id);
      context.logger.info({ job: context.jobId }, `CSW identifier '${id}' already used, skipping...`);
      return false;
    });
    found += fresh.length;
    if (fresh.length > 0) yield fresh;
    const next = page.next > start ? page.next : start + page.returned;
    if (page.returned === 0 || fresh.length === 0 || page.next === 0 || next > matched) break;
    if (found > mostRecords)
      throw new GatherFailure(`More than ${mostRecords} records received from the CSW server`);
    start = next;
    await context.checkpoint({ start, found } satisfies Cursor);
  }
  if (found === 0) throw new GatherFailure('No records received from the CSW server');
  return { complete: found >= matched };
}

async function contact(context: GatherContext): Promise<void> {
  try {
    await greet(context);
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    throw new GatherFailure(`Error contacting the CSW server: ${error.message}`, { cause: error });
  }
}

/** Where the server refuses to sort, without order. @throws GatherFailure */
async function nextPage(context: GatherContext, page: Page): Promise<RecordsPage & { sorted: boolean }> {
  try {
    return { ...(await fetchPage(context, page)), sorted: page.sorted };
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    if (page.sorted && page.start === 1 && error.cause instanceof CswException)
      return nextPage(context, { ...page, sorted: false });
    throw new GatherFailure(`Error gathering the identifiers from the CSW server [${error.message}]`, {
      cause: error,
    });
  }
}
