import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { type Asking, askings, furtherAskings } from './askings.rules.ts';
import { CswFailure, fetchPage, fetchRecord, greet } from './client.ts';
import { renamer } from './renamed.repo.ts';
import { CswException, type ListedRecord, type RecordsPage } from './responses.ts';
import { sameRecord } from './same_record.ts';
import { passedOver } from './vanished.ts';

/** A server that counts higher than this is one that never ends. */
const mostRecords = 1_000_000;

/** Where an interrupted listing had got to. */
interface Cursor {
  start: number;
  found: number;
  /** Records without an identifier. */
  unidentified?: number;
}

/**
 * The records of a CSW, a page at a time, each once, with their content where the server gives whole records in a
 * listing. Ends where both the server's count and its word about a next page say so, or where a page brings nothing
 * new: either may be wrong.
 * @param options.mayDelete records that were not seen are gone, if all that the server counts were seen and it has none
 *   of them
 * @throws GatherFailure
 */
export async function* listRecords(
  context: GatherContext,
  options: { cql?: string; mayDelete: boolean },
): AsyncGenerator<RecordDescriptor[]> {
  await contact(context);
  const named = await renamer(context);
  const seen = new Set<string>();
  const cursor = context.cursor as Cursor | null | undefined;
  let { start, found, unidentified = 0 } = cursor ?? { start: 1, found: 0 };
  let matched = 0;
  let ways = askings;
  let trusted: boolean | undefined;
  for (;;) {
    const page = await nextPage(context, { start, cql: options.cql, matched }, ways);
    if (page === 'beyond') break;
    ways = page.ways;
    matched = page.matched;
    const fresh = page.records.filter(({ id }) => {
      if (!seen.has(id)) return seen.add(id);
      context.finding('duplicate', id);
      context.logger.info({ job: context.jobId }, `CSW identifier '${id}' already used, skipping...`);
      return false;
    });
    found += fresh.length;
    // Was seen, and can be neither harvested nor missed.
    const unnamed = Math.max(page.returned - page.records.length, 0);
    for (let at = 1; at <= unnamed; at++) context.finding('unidentified', `${start}: ${at}`);
    unidentified += unnamed;
    trusted ??= await isTrue(context, page.records);
    if (trusted === false) ways = ways.filter(({ elements }) => elements === 'brief');
    if (fresh.length > 0) yield named(trusted ? fresh : fresh.map(({ id }) => ({ id })));
    const told = page.next > start;
    const next = told ? page.next : start + page.returned;
    if (page.returned === 0 || fresh.length === 0 || !(told || next <= matched)) break;
    if (found > mostRecords)
      throw new GatherFailure(`More than ${mostRecords} records received from the CSW server`);
    start = next;
    await context.checkpoint({ start, found, unidentified } satisfies Cursor);
  }
  if (found === 0) throw new GatherFailure('No records received from the CSW server');
  if (!options.mayDelete) return;
  if (found + unidentified < matched) {
    await context.error(
      'The CSW server changed while it was read: not all of its records were seen, none is deleted',
    );
    return;
  }
  try {
    // With a condition a record may be there, and rightly not in the listing.
    const further = options.cql === undefined ? await passedOver(context, seen) : [];
    if (further.length > 0) yield named(further);
    context.deleteMissing();
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    await context.error(
      `The CSW server does not say whether missing records are gone, none is deleted: ${error.message}`,
    );
  }
}

async function contact(context: GatherContext): Promise<void> {
  try {
    await greet(context);
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    throw new GatherFailure(`Error contacting the CSW server: ${error.message}`, { cause: error });
  }
}

/**
 * Asks in the ways that are left, one after the other, and tells which remain.
 * @returns `beyond` when the server refuses a page behind all that it counts
 * @throws GatherFailure
 */
async function nextPage(
  context: GatherContext,
  page: { start: number; cql: string | undefined; matched: number },
  [way, ...others]: readonly Asking[],
): Promise<(RecordsPage & { ways: readonly Asking[] }) | 'beyond'> {
  if (!way) throw new Error('There is no way left to ask a CSW server');
  try {
    return { ...(await fetchPage(context, { ...page, ...way })), ways: [way, ...others] };
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    if (page.start > 1 && page.start > page.matched && error.cause instanceof CswException) return 'beyond';
    const further = furtherAskings(way, others, { first: page.start === 1, cause: error.cause });
    if (further.length > 0) return nextPage(context, page, further);
    throw new GatherFailure(`Error gathering the identifiers from the CSW server [${error.message}]`, {
      cause: error,
    });
  }
}

/**
 * Whether the listing says of a record what the server says when it is asked for that one: some leave out parts. The
 * longest has the most to lose.
 * @returns undefined when the listing has no content to compare
 */
async function isTrue(context: GatherContext, records: ListedRecord[]): Promise<boolean | undefined> {
  const listed = records.filter(({ content }) => content !== undefined);
  if (listed.length === 0) return undefined;
  const longest = listed.reduce((a, b) => ((b.content ?? '').length > (a.content ?? '').length ? b : a));
  try {
    const single = await fetchRecord(context, longest.id);
    if (single === undefined) return false;
    const limits = { seconds: context.portal.maxDocumentSeconds, what: `Record ${longest.id}` };
    return await sameRecord(limits, single.content, longest.content ?? '');
  } catch (error) {
    if (!(error instanceof CswFailure || error instanceof TooMuchWork)) throw error;
    context.logger.info({ job: context.jobId, err: error }, 'records are fetched one by one');
    return false;
  }
}
