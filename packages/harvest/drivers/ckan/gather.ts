import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { filterTerms, minutesBehind, pageSize, searchUrl, sinceTerm } from './search.rules.ts';
import { SearchFailure, searchPage } from './search.ts';
import { mayHaveNarrowed, sweep } from './sweep.ts';

/** Where an interrupted listing had got to. */
interface Cursor {
  start: number;
  /** Datasets that were listed. */
  found?: number;
  /** Whether it was the list of changes since the last job. */
  incremental: boolean;
  /** Minutes by which the remote's clock was found to be behind ours. */
  behind?: number;
}

/** The remote's clock says an earlier time than ours: what it has changed since the last job bears earlier times. */
class ClockBehind extends Error {
  readonly minutes: number;
  constructor(minutes: number) {
    super(`The remote's clock is ${minutes} minutes behind`);
    this.minutes = minutes;
  }
}

/** Changes since the last job without errors when there is one, else everything; a page at a time. */
export async function* gatherCkan(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { config, lastErrorFree, source } = context;
  const filter = filterTerms(config);
  const cursor = context.cursor as Cursor | undefined;
  const deletes = config['delete_missing'] === true;
  if (lastErrorFree !== undefined && config['force_all'] !== true && cursor?.incremental !== false) {
    try {
      const listed = new Set<string>();
      const from = cursor ?? { start: 0, incremental: true };
      for await (const one of changes(context, filter, lastErrorFree, from)) {
        if (deletes) listed.add(one.guid);
        yield one;
      }
      if (deletes) yield* sweep(context, filter, listed);
      return;
    } catch (error) {
      if (!(error instanceof SearchFailure)) throw error;
      context.logger.info(
        { source: source.id, err: error },
        'search for changes failed; everything is listed',
      );
    }
  }
  const terms = filter.join(' ');
  let listed: Listed;
  try {
    listed = yield* pages(
      context,
      terms,
      cursor?.incremental === false ? cursor : { start: 0, incremental: false },
    );
    if (!listed.any && cursor === undefined)
      throw new GatherFailure(`No datasets found at CKAN: ${source.url}`);
  } catch (error) {
    if (!(error instanceof SearchFailure)) throw error;
    throw new GatherFailure(
      `Unable to search remote CKAN for datasets:${error.message} url:${source.url}terms:${terms || 'None'}`,
      { cause: error },
    );
  }
  if (!deletes || (await mayHaveNarrowed(context, filter))) return;
  if (listed.lacks)
    await context.error(
      'The remote CKAN changed while it was read: not all of its datasets were seen, none is deleted',
    );
  else context.deleteMissing();
}

async function* changes(
  context: GatherContext,
  filter: string[],
  since: string,
  from: Cursor,
): AsyncGenerator<RecordDescriptor> {
  const terms = (behind: number) =>
    [...filter, sinceTerm(since, context.portal.overlapMinutes + behind)].join(' ');
  try {
    yield* pages(context, terms(from.behind ?? 0), from);
  } catch (error) {
    if (!(error instanceof ClockBehind)) throw error;
    context.logger.info({ source: context.source.id }, error.message);
    yield* pages(context, terms(error.minutes), { ...from, behind: error.minutes });
  }
}

/** What came of reading all pages. */
interface Listed {
  /** There was any dataset. */
  any: boolean;
  /** The remote counts more than it has listed: it changed meanwhile, or leaves some out. */
  lacks: boolean;
}

/** @throws ClockBehind before the first, when changes are asked for */
async function* pages(
  context: GatherContext,
  terms: string,
  from: Cursor,
): AsyncGenerator<RecordDescriptor, Listed> {
  const seen = new Set<string>();
  let found = from.found ?? 0;
  let counted: number | undefined;
  let isSteady = true;
  let previous: string | undefined;
  for (let start = from.start; ; start += pageSize) {
    const url = searchUrl(context.source.url, start, terms);
    const { text, date, results, count } = await searchPage(context, url);
    if (from.incremental && from.behind === undefined && start === 0) {
      const minutes = minutesBehind(date, context.runtime.now());
      if (minutes > 0) throw new ClockBehind(minutes);
    }
    if (text === previous) throw new SearchFailure(`The paging doesn't seem to work. URL: ${url}`);
    previous = text;
    isSteady &&= counted === undefined || count === counted;
    counted = count;
    const ended = (any: boolean): Listed => ({
      any,
      lacks: !isSteady || (count !== undefined && found < count),
    });
    for (const dataset of results) {
      if (!('guid' in dataset)) found++;
      else if (!seen.has(dataset.guid)) {
        seen.add(dataset.guid);
        found++;
      }
      if ('guid' in dataset) yield dataset;
      else if ('deep' in dataset) await context.error(dataset.deep, `${start} ${dataset.deep}`);
      else context.finding('unidentified', dataset.unidentified);
    }
    const next: Cursor = { ...from, start: start + pageSize, found };
    const { added } = await context.checkpoint(next);
    // A page read again after a crash brings nothing new although there may be more.
    const again = start === from.start && from.start > 0;
    if (results.length === 0 || (added === 0 && !again)) return ended(start > 0 || results.length > 0);
    if (count !== undefined && start + pageSize >= count) return ended(true);
  }
}
