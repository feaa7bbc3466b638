import { timestamp } from '@portolan/kernel';
import { findJob } from '../job/job.repo.ts';
import { driverOf, type HarvestSite, type JobRun } from '../site.ts';
import { findSource } from '../source/source.repo.ts';
import { claimForReimport } from './claim.repo.ts';
import { currentContents } from './current_contents.ts';
import type { ImportContext } from './import_context.ts';
import { importObject } from './import_object.ts';
import { type Selection, selectObjects } from './selection.repo.ts';

const page = 50;

/**
 * Imports records again from the content that is stored, changed or not. Jobs' counts stay as they are; a record
 * that a job is working on is left to it.
 * @returns how many records were imported again
 */
export async function runReimport(site: HarvestSite, run: JobRun, selection: Selection): Promise<number> {
  let imported = 0;
  let after = '';
  const found: Found = new Map();
  for (;;) {
    const ids = await selectObjects(site.db, selection, { after, limit: page });
    for (const id of ids) {
      run.signal.throwIfAborted();
      run.stopping?.throwIfAborted();
      if (await reimport(site, run, id, found)) imported++;
    }
    if (ids.length < page) return imported;
    after = ids.at(-1) ?? '';
  }
}

/** By source: records of several may be among them. */
type Found = Map<string, ImportContext['found']>;

async function reimport(site: HarvestSite, run: JobRun, id: string, found: Found): Promise<boolean> {
  const now = site.runtime.now();
  const claimed = await site.db.transact(async (tx) => {
    await run.fence(tx);
    return claimForReimport(tx, {
      id,
      claimant: run.id,
      now: timestamp(now),
      staleBefore: timestamp(now - site.config.harvestStalledAfter * 1000),
    });
  });
  const job = claimed && (await findJob(site.db, claimed.harvest_job_id));
  const source = job && (await findSource(site.db, job.source_id));
  if (!claimed || !job || !source) return false;
  const context: ImportContext = {
    site,
    run,
    job,
    source,
    driver: driverOf(site, source.type),
    force: () => true,
    reimport: true,
    found: found.get(source.id) ?? new Map(),
    contents: currentContents(site.db, source),
  };
  found.set(source.id, context.found);
  await importObject(context, claimed);
  return true;
}
