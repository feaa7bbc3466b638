import type { Sql } from '@portolan/db';
import { notFound } from '@portolan/kernel';
import { spacedTime } from '../job/job.presenter.ts';
import { expiryOf, findPreview, type PreviewPage, type PreviewRow, previewRecords } from './preview.repo.ts';
import { type PreviewedRecord, type PreviewSummary, previewBegun } from './preview.ts';
import { isAbridged } from './record_store.ts';

/** A preview that nobody waits for, as far as it has come. */
export interface ShownPreview
  extends Pick<PreviewRow, 'id' | 'source_id' | 'state' | 'created' | 'started' | 'finished' | 'error'> {
  /** Most records that are looked at. */
  limit: number;
  /** When it is forgotten. */
  expires: string | null;
  summary: PreviewSummary;
  /** Some records have no details, since there was no room for all. */
  abridged: boolean;
  records: PreviewedRecord[];
}

const firstPage: PreviewPage = { action: undefined, limit: 100, offset: 0 };

/** @throws PortolanError `notFound` */
export async function showPreview(
  sql: Sql,
  id: string,
  now: number,
  page: PreviewPage = firstPage,
): Promise<ShownPreview> {
  const row = await findPreview(sql, id, now);
  if (!row) throw notFound();
  return {
    id: row.id,
    source_id: row.source_id,
    state: row.state,
    limit: row.record_limit,
    created: spacedTime(row.created) ?? '',
    started: spacedTime(row.started),
    finished: spacedTime(row.finished),
    expires: spacedTime(expiryOf(row)),
    error: row.error,
    // In the order in which a preview that is waited for tells it: jsonb keeps none.
    summary: { ...previewBegun().summary, ...row.summary },
    abridged: isAbridged(row),
    records: await previewRecords(sql, row.id, page),
  };
}
