import { logOf } from '../log/parts.ts';
import { applyRecords } from './apply.ts';
import { type FailedRecord, type FetchedRecord, type ImportContext, keysOf } from './import_context.ts';
import { applyAlone, prepareRecord, throwPutOff } from './import_object.ts';
import type { ClaimedObject } from './object.repo.ts';

/** What waits to be applied together, at most: records, characters of content, milliseconds since the first. */
const limits = { records: 50, characters: 8 * 2 ** 20, milliseconds: 2000 };
const mostAttempts = 5;

type Prepared = FetchedRecord | FailedRecord;

/** Imports claimed records, many in one transaction. */
export interface ImportBatch {
  /** So many records are applied. */
  readonly done: number;
  /** Fetches and maps a record; it is applied with those before and behind it. @throws as `importObject` */
  add(claimed: ClaimedObject): Promise<void>;
  /** Applies what was added. @throws as `importObject` */
  flush(): Promise<void>;
}

export function importBatch(context: ImportContext): ImportBatch {
  const { runtime } = context.site;
  let waiting: Prepared[] = [];
  const keys = new Set<string>();
  let characters = 0;
  let since = 0;
  let done = 0;

  async function flush(): Promise<void> {
    const records = waiting;
    waiting = [];
    keys.clear();
    characters = 0;
    await applyTogether(context, records);
    done += records.length;
  }

  /** What waits is not held up by a record that is put off. */
  async function prepareNext(claimed: ClaimedObject): Promise<Prepared> {
    try {
      return await prepare(context, claimed);
    } catch (error) {
      if (!context.run.signal.aborted) await flush();
      throw error;
    }
  }

  return {
    get done() {
      return done;
    },
    flush,
    async add(claimed) {
      if (isOver(claimed)) return forget(context, claimed);
      const record = await prepareNext(claimed);
      const own = 'mapped' in record ? keysOf(record) : [];
      // A record that the process may have died of goes alone; one that is the same as another sees what came of that.
      const alone = claimed.retry_times > 1;
      if (alone || own.some((key) => keys.has(key))) await flush();
      if (waiting.length === 0) since = runtime.now();
      waiting.push(record);
      for (const key of own) keys.add(key);
      characters += ('mapped' in record ? record.object.content : record.content)?.length ?? 0;
      const isFull = waiting.length >= limits.records || characters >= limits.characters;
      if (alone || isFull || runtime.now() - since >= limits.milliseconds) await flush();
    },
  };
}

const isOver = ({ state }: ClaimedObject): boolean => state === 'COMPLETE' || state === 'ERROR';

/** Ended by other hands (an operator's SQL): nothing is left to do but to forget the work. */
async function forget({ site, run }: ImportContext, { id }: ClaimedObject): Promise<void> {
  await site.db.rows(`DELETE FROM portolan.harvest_work WHERE object_id = $1 AND claimed_by = $2`, [
    id,
    run.id,
  ]);
}

async function prepare(context: ImportContext, claimed: ClaimedObject): Promise<Prepared> {
  if (claimed.retry_times < mostAttempts) return prepareRecord(context, claimed);
  const message = `Too many consecutive retries for object ${claimed.id}`;
  return { object: claimed, problems: [{ message, stage: 'Import' }] };
}

/** In one transaction; when that fails, one by one, so that what is wrong with one of them harms none of the others. */
async function applyTogether(context: ImportContext, records: readonly Prepared[]): Promise<void> {
  if (records.length > 1)
    try {
      return await applyRecords(context, records);
    } catch (error) {
      const [first] = records;
      throwPutOff(context, first?.object.id ?? '', error);
      logOf(context.site.logger, 'harvesters').info(
        { err: error, records: records.length },
        'records are imported one by one',
      );
    }
  for (const record of records) {
    context.run.signal.throwIfAborted();
    await applyAlone(context, record);
  }
}
