import type { GatherContext } from '../../driver.ts';
import { CswFailure, fetchRecord } from './client.ts';
import { listedAs } from './renamed.repo.ts';
import { CswException, type ListedRecord } from './responses.ts';

/** Records that are asked for one by one; of more, so many spread over all of them. */
const mostAsked = 1000;

/**
 * The current records that a listing did not hold and the server has all the same: a listing passes records over when
 * others before them go while it is read, and its count need not tell.
 * @param seen identifiers that the listing held
 * @throws CswFailure when the server does not say of a record whether it is there
 */
export async function passedOver(
  context: GatherContext,
  seen: ReadonlySet<string>,
): Promise<Required<ListedRecord>[]> {
  const missing = (await currentRecords(context)).filter((id) => !seen.has(id));
  const step = Math.max(1, missing.length / mostAsked);
  const there: Required<ListedRecord>[] = [];
  for (let at = 0; at < missing.length; at += step) {
    const id = missing[Math.floor(at)]!;
    const record = await find(context, id);
    if (record) there.push({ id, content: record.content });
  }
  return there;
}

async function find(context: GatherContext, id: string): ReturnType<typeof fetchRecord> {
  try {
    return await fetchRecord(context, id);
  } catch (error) {
    // Some servers have an exception for what is not there. Any other may be a server in trouble.
    if (error instanceof CswFailure && error.cause instanceof CswException && error.cause.deniesParameter)
      return undefined;
    throw error;
  }
}

/** Identifiers of the source's current records that this job has not found up to the last checkpoint. */
async function currentRecords({ sql, source, jobId }: GatherContext): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT DISTINCT coalesce(e.value, o.guid) AS id FROM harvest_object o
     JOIN package p ON p.id = o.package_id AND p.state = 'active'
     LEFT JOIN harvest_object_extra e ON e.harvest_object_id = o.id AND e.key = $3
     WHERE o.harvest_source_id = $1 AND o.current
       AND NOT EXISTS (SELECT FROM harvest_object n WHERE n.harvest_job_id = $2 AND n.guid = o.guid)
     ORDER BY 1`,
    [source.id, jobId, listedAs],
  );
  return rows.map(({ id }) => id);
}
