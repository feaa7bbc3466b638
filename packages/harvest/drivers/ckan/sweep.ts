import type { GatherContext, RecordDescriptor } from '../../driver.ts';
import { searchUrl } from './search.rules.ts';
import { searchPage } from './search.ts';

/** Ids of one page: the most that a CKAN gives. */
const idsOfPage = 1000;

/**
 * After a list of changes, which does not say what is gone: the ids of all that the remote has. The source's records
 * among them stay as they are, and the others are gone. Where it has as many as there are here nothing is, and one
 * request tells.
 * @param listed GUIDs of the changes
 * @throws SearchFailure
 */
export async function* sweep(
  context: GatherContext,
  filter: string[],
  listed: ReadonlySet<string>,
): AsyncGenerator<RecordDescriptor> {
  if (await mayHaveNarrowed(context, filter)) return;
  const expected = await countHere(context, listed);
  const seen = new Set<string>();
  for (let start = 0; ; start += idsOfPage) {
    const url = searchUrl(context.source.url, start, filter.join(' '), idsOfPage);
    const { results, count } = await searchPage(context, url);
    if (start === 0 && count === expected) return;
    const fresh = results
      .flatMap((one) => ('guid' in one ? [one.guid] : []))
      .filter((id) => !seen.has(id) && seen.add(id));
    const ids = fresh.filter((id) => !listed.has(id));
    const told = await ofThisJob(context, ids);
    for (const guid of await context.known(ids)) if (!told.has(guid)) yield { guid, unchanged: true };
    context.signal.throwIfAborted();
    if (fresh.length > 0 && (count === undefined || start + results.length < count)) continue;
    // A page that lacks datasets, or a catalogue that grew meanwhile, says of none that it is gone.
    if (count !== undefined && seen.size >= count) context.deleteMissing();
    return;
  }
}

/**
 * Whether the source was edited since the last job without errors and has a filter: what it leaves out now need not be
 * gone.
 */
export async function mayHaveNarrowed(
  { sql, source, lastErrorFree }: GatherContext,
  filter: string[],
): Promise<boolean> {
  if (filter.length === 0 || lastErrorFree === undefined) return false;
  const rows = await sql.rows(`SELECT FROM package WHERE id = $1 AND metadata_modified > $2::timestamp`, [
    source.id,
    lastErrorFree,
  ]);
  return rows.length > 0;
}

/** Datasets that the source has here, with those that are about to be added. */
async function countHere({ sql, source }: GatherContext, listed: ReadonlySet<string>): Promise<number> {
  const [row] = await sql.rows<{ count: number }>(
    `SELECT count(DISTINCT o.guid)::int AS count FROM harvest_object o
     JOIN package p ON p.id = o.package_id AND p.state = 'active'
     WHERE o.harvest_source_id = $1 AND o.current AND NOT o.guid = ANY ($2)`,
    [source.id, [...listed]],
  );
  return (row?.count ?? 0) + listed.size;
}

/** Which of these the job has already: from an attempt that was cut off. */
async function ofThisJob({ sql, jobId }: GatherContext, guids: string[]): Promise<Set<string>> {
  const rows = await sql.rows<{ guid: string }>(
    `SELECT guid FROM harvest_object WHERE harvest_job_id = $1 AND guid = ANY ($2)`,
    [jobId, guids],
  );
  return new Set(rows.map(({ guid }) => guid));
}
