import { timestamp } from '@portolan/kernel';
import type { ObjectProblem } from '../driver.ts';
import type { ImportContext } from './import_context.ts';
import { addObjectErrors, type ClaimedObject, completeObject, holdsClaim } from './object.repo.ts';

/** Ends a record with an error; its dataset, and the record that is current for it, stay as they are. */
export async function recordFailure(
  { site, run, reimport }: Pick<ImportContext, 'site' | 'run' | 'reimport'>,
  object: Pick<ClaimedObject, 'id'>,
  problems: readonly ObjectProblem[],
  fetched: { content?: string | undefined; extras?: Record<string, string> | undefined } = {},
): Promise<void> {
  await site.db.transact(async (tx) => {
    await run.fence(tx);
    if (!(await holdsClaim(tx, object.id, run.id))) return;
    const now = timestamp(site.runtime.now());
    await addObjectErrors(tx, { id: object.id, now, newId: site.runtime.id }, problems);
    await completeObject(tx, object.id, {
      state: 'ERROR',
      reportStatus: 'errored',
      again: reimport,
      ...(fetched.content === undefined ? {} : { content: fetched.content }),
      ...(fetched.extras === undefined ? {} : { extras: fetched.extras }),
      started: now,
      finished: now,
    });
  });
}
