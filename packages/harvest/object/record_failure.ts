import { timestamp } from '@portolan/kernel';
import type { ObjectFailure } from '../driver.ts';
import type { ImportContext } from './import_context.ts';
import { addObjectError, type ClaimedObject, completeObject, holdsClaim } from './object.repo.ts';

/** Ends a record with an error; its dataset, and the record that is current for it, stay as they are. */
export async function recordFailure(
  { site, run }: Pick<ImportContext, 'site' | 'run'>,
  object: Pick<ClaimedObject, 'id'>,
  message: string,
  stage: ObjectFailure['stage'],
  content?: string,
): Promise<void> {
  await site.db.transact(async (tx) => {
    await run.fence(tx);
    if (!(await holdsClaim(tx, object.id, run.id))) return;
    const now = timestamp(site.runtime.now());
    await addObjectError(tx, { id: site.runtime.id(), objectId: object.id, message, stage, created: now });
    await completeObject(tx, object.id, {
      state: 'ERROR',
      reportStatus: 'errored',
      content,
      started: now,
      finished: now,
    });
  });
}
