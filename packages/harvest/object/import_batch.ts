import { logOf } from '../log/parts.ts';
import { applyRecords } from './apply.ts';
import type { ClaimedObject } from './claim.repo.ts';
import { guidOf, type ImportContext, isLookedAt, keysOf, type PreparedRecord } from './import_context.ts';
import { applyAlone, prepareRecord, throwPutOff } from './import_object.ts';

/** What waits to be applied together, at most: records, and characters of content. */
const capacity = { records: 1000, characters: 16 * 2 ** 20 };
/** What a record takes of it whose dataset is looked at: more is read and kept of it. */
const room = { records: 20, characters: 2 };
/** Milliseconds for which a record waits for others: one that the catalogue is to have, and one that is left alone. */
const patience = { lookedAt: 2000, leftAlone: 40_000 };
const mostAttempts = 5;

/** Imports claimed records, many in one transaction: more of those that are left alone. */
export interface ImportBatch {
  /** So many records are applied. */
  readonly done: number;
  /** Ids of those that were added and are not applied yet. */
  waiting(): string[];
  /** Fetches and maps a record; it is applied with those before and behind it. @throws as `importObject` */
  add(claimed: ClaimedObject): Promise<void>;
  /** No other is at hand: applies what was added, unless all of it is left alone and may wait on. @throws as `importObject` */
  settle(): Promise<void>;
  /** Applies what was added. @throws as `importObject` */
  flush(): Promise<void>;
}

export function importBatch(context: ImportContext): ImportBatch {
  const { runtime } = context.site;
  let waiting: PreparedRecord[] = [];
  const keys = new Set<string>();
  let taken = { records: 0, characters: 0 };
  let until = Number.POSITIVE_INFINITY;
  let done = 0;

  async function flush(): Promise<void> {
    const records = waiting;
    waiting = [];
    keys.clear();
    taken = { records: 0, characters: 0 };
    until = Number.POSITIVE_INFINITY;
    await applyTogether(context, records);
    context.contents.forget(records.flatMap(guidsLookedAt));
    done += records.length;
  }

  /** What waits is not held up by a record that is put off. */
  async function prepareNext(claimed: ClaimedObject): Promise<PreparedRecord> {
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
    waiting: () => waiting.map(({ object }) => object.id),
    flush,
    async settle() {
      if (!waiting.every(isLeftAlone)) await flush();
    },
    async add(claimed) {
      if (isOver(claimed)) return forget(context, claimed);
      const record = await prepareNext(claimed);
      const own = 'mapped' in record ? keysOf(record) : [];
      // One that is the same as another sees what came of that.
      if (own.some((key) => keys.has(key))) await flush();
      waiting.push(record);
      for (const key of own) keys.add(key);
      const isLeft = isLeftAlone(record);
      const characters = contentOf(record)?.length ?? 0;
      taken.records += isLeft ? 1 : room.records;
      taken.characters += isLeft ? characters : room.characters * characters;
      until = Math.min(until, runtime.now() + (isLeft ? patience.leftAlone : patience.lookedAt));
      const isFull = taken.records >= capacity.records || taken.characters >= capacity.characters;
      if (isFull || runtime.now() >= until) await flush();
    },
  };
}

const contentOf = (record: PreparedRecord): string | null | undefined => {
  if ('mapped' in record) return record.object.content;
  return 'problems' in record ? record.content : undefined;
};

const isLeftAlone = (record: PreparedRecord): boolean => 'mapped' in record && !isLookedAt(record);

/** For which another record may be current once this one is applied. */
const guidsLookedAt = (record: PreparedRecord): string[] =>
  'mapped' in record && isLookedAt(record) ? [record.object.guid, guidOf(record)] : [];

const isOver = ({ state }: ClaimedObject): boolean => state === 'COMPLETE' || state === 'ERROR';

/** Ended by other hands (an operator's SQL): nothing is left to do but to forget the work. */
async function forget({ site, run }: ImportContext, { id }: ClaimedObject): Promise<void> {
  await site.db.rows(`DELETE FROM portolan.harvest_work WHERE object_id = $1 AND claimed_by = $2`, [
    id,
    run.id,
  ]);
}

async function prepare(context: ImportContext, claimed: ClaimedObject): Promise<PreparedRecord> {
  if (claimed.retry_times < mostAttempts) return prepareRecord(context, claimed);
  const message = `Too many consecutive retries for object ${claimed.id}`;
  return { object: claimed, problems: [{ message, stage: 'Import' }] };
}

/** In one transaction; when that fails, one by one, so that what is wrong with one of them harms none of the others. */
async function applyTogether(context: ImportContext, records: readonly PreparedRecord[]): Promise<void> {
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
