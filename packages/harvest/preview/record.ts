import { NoRecord, type ObjectProblem, type RecordDescriptor } from '../driver.ts';
import { isTransient } from '../gather/failure.rules.ts';
import { type Decision, decide } from '../object/decide.ts';
import { fetchRecord } from '../object/fetch_record.ts';
import type { ImportContext } from '../object/import_context.ts';
import { failedBy } from '../object/record_failure.ts';
import { writeDatasets } from '../object/write_datasets.ts';
import { differing, fieldsOf } from '../overlay/fields.rules.ts';
import type { PreviewedRecord } from './preview.ts';

/** Carries a result out of a transaction that is to leave nothing behind. */
class Undone<Result> extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('rolled back');
    this.result = result;
  }
}

/** Imports one record in a transaction that is rolled back, and says what came of it. @throws NoRecord */
export async function previewRecord(
  context: ImportContext,
  record: RecordDescriptor,
): Promise<PreviewedRecord> {
  const { site } = context;
  const groups: Parameters<typeof site.writer.createGroup>[1][] = [];
  let title: string | null = null;
  let problems: readonly ObjectProblem[] = [];
  const object = {
    id: site.runtime.id(),
    guid: record.guid,
    content: record.content ?? null,
    packageId: null,
    extras: record.extras ?? {},
  };
  try {
    const fetched = await fetchRecord(
      context,
      object,
      // What the record needs is made with it, and undone with it.
      async (group) => void groups.push(group),
    );
    if (typeof fetched.mapped === 'object') {
      title = fetched.mapped.dataset.title ?? null;
      problems = fetched.mapped.problems ?? [];
    }
    const outcome = await undone(site, async (tx) => {
      for (const group of groups) await site.writer.createGroup(tx, group);
      const decision = await decide(tx, context, fetched);
      const [written] = await writeDatasets(tx, context, [{ record: fetched, decision }]);
      if (written && 'error' in written) throw written.error;
      const after = decision.id === undefined ? undefined : await site.writer.find(tx, decision.id);
      return { decision, changes: changesOf(decision, after) };
    });
    const { action, reason } = outcome.decision.plan;
    return { guid: object.guid, title, action, reason, changes: outcome.changes, problems };
  } catch (error) {
    context.run.signal.throwIfAborted();
    if (error instanceof NoRecord || isTransient(error)) throw error;
    const failing = { stage: 'Import', driver: context.driver, exists: false } as const;
    const failed = failedBy(error, { object }, failing);
    const [first, ...further] = [...failed.problems, ...problems];
    return {
      guid: object.guid,
      title,
      action: 'error',
      reason: first?.message ?? '',
      changes: [],
      problems: further,
    };
  }
}

async function undone<Result>(
  { db }: ImportContext['site'],
  work: (tx: Parameters<Parameters<typeof db.transact>[0]>[0]) => Promise<Result>,
): Promise<Result> {
  try {
    return await db.transact(async (tx) => {
      throw new Undone(await work(tx));
    });
  } catch (error) {
    if (error instanceof Undone) return error.result as Result;
    throw error;
  }
}

function changesOf(
  { plan, existing }: Decision,
  after: Parameters<typeof fieldsOf>[0] | undefined,
): PreviewedRecord['changes'] {
  if (plan.action !== 'update' || !existing || !after) return [];
  const [before, now] = [fieldsOf(existing), fieldsOf(after)];
  return differing(before, now).map((field) => ({
    field,
    before: before[field] ?? null,
    after: now[field] ?? null,
  }));
}
