import type { Tx } from '@portolan/db';
import { requestAbort } from '@portolan/queue';
import { previewJob } from '../jobs.table.ts';
import { closePreview, openPreviews } from './preview.repo.ts';

/** Ends a preview with what it has. */
export async function abortPreview(tx: Tx, id: string, now: number, error?: string): Promise<void> {
  await closePreview(tx, id, { state: 'aborted', now, ...(error === undefined ? {} : { error }) });
  await requestAbort(tx, previewJob, id);
}

/** Ends the previews of a source that is switched off. */
export async function abortPreviewsOf(tx: Tx, sourceId: string, now: number): Promise<void> {
  for (const id of await openPreviews(tx, sourceId))
    await abortPreview(tx, id, now, 'The source was removed');
}
