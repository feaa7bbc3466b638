import type { Sql } from '@portolan/db';
import { asValidators } from './document.repo.ts';
import type { Validators } from './validators.rules.ts';

/** A document of a listing, as a job has seen it. */
export interface ListedDocument {
  url: string;
  /** It was not there, which ended the listing. */
  missing: boolean;
  /** Nothing tells its version from others. */
  validators: Validators | undefined;
}

/**
 * Remembers documents of a job's listing. One that was read before in another version, by an attempt before this one
 * say, is of no version: records of both may have been taken.
 */
export async function saveListed(
  sql: Sql,
  job: { jobId: string; madeFor: string },
  listed: readonly ListedDocument[],
): Promise<void> {
  if (listed.length === 0) return;
  await sql.rows(
    `INSERT INTO portolan.harvest_listing AS l (job_id, url, position, etag, last_modified, missing, made_for)
     SELECT $1, url, min(i) + (SELECT coalesce(max(position), 0) FROM portolan.harvest_listing WHERE job_id = $1),
       CASE WHEN count(DISTINCT coalesce(etag, '')) = 1 THEN min(etag) END,
       CASE WHEN count(DISTINCT coalesce(last_modified, '')) = 1 THEN min(last_modified) END, bool_and(missing), $2
     FROM unnest($3::text[], $4::text[], $5::text[], $6::boolean[]) WITH ORDINALITY AS n(url, etag, last_modified, missing, i)
     GROUP BY url
     ON CONFLICT (job_id, url) DO UPDATE SET
       etag = CASE WHEN l.etag = excluded.etag THEN l.etag END,
       last_modified = CASE WHEN l.last_modified = excluded.last_modified THEN l.last_modified END,
       missing = l.missing AND excluded.missing`,
    [
      job.jobId,
      job.madeFor,
      listed.map(({ url }) => url),
      listed.map(({ validators }) => validators?.etag ?? null),
      listed.map(({ validators }) => validators?.lastModified ?? null),
      listed.map(({ missing }) => missing),
    ],
  );
}

/**
 * The documents that the source's last job before this one listed, in their order; none when that job left anything
 * undone, or, if so asked for, when a dataset of the source was taken away since.
 */
export async function lastListing(
  sql: Sql,
  job: { id: string; source_id: string },
  madeFor: string,
  options: { allActive: boolean },
): Promise<(ListedDocument & { jobId: string })[]> {
  const rows = await sql.rows<{
    job_id: string;
    url: string;
    missing: boolean;
    etag: string | null;
    last_modified: string | null;
  }>(
    `SELECT l.job_id, l.url, l.missing, l.etag, l.last_modified FROM portolan.harvest_listing l
     JOIN portolan.harvest_job_state t ON t.job_id = l.job_id AND t.error_free
     WHERE l.job_id = (SELECT id FROM harvest_job WHERE source_id = $1 AND id <> $2 ORDER BY created DESC LIMIT 1)
       AND l.made_for = $3 AND NOT ($4 AND EXISTS (
         SELECT FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state <> 'active'
         WHERE o.harvest_source_id = $1 AND o.current))
     ORDER BY l.position`,
    [job.source_id, job.id, madeFor, options.allActive],
  );
  return rows.map(({ job_id, url, missing, ...row }) => ({
    jobId: job_id,
    url,
    missing,
    validators: row.etag === null && row.last_modified === null ? undefined : asValidators(row),
  }));
}

/** The listing is what it was in another job: what was seen then holds on, and the job says so. */
export async function keepListing(sql: Sql, jobId: string, from: string): Promise<void> {
  await sql.rows(
    `INSERT INTO portolan.harvest_listing (job_id, url, position, etag, last_modified, missing, made_for)
     SELECT $1, url, position, etag, last_modified, missing, made_for FROM portolan.harvest_listing WHERE job_id = $2
     ON CONFLICT DO NOTHING`,
    [jobId, from],
  );
  await sql.rows(`UPDATE portolan.harvest_job_state SET listing_unchanged = true WHERE job_id = $1`, [jobId]);
}

/** GUIDs that are current for a source, a page at a time. */
export async function* currentGuids(sql: Sql, sourceId: string): AsyncGenerator<string> {
  const page = 5000;
  for (let after = ''; ; ) {
    const rows = await sql.rows<{ guid: string }>(
      `SELECT DISTINCT guid FROM harvest_object WHERE harvest_source_id = $1 AND current AND guid > $2 ORDER BY guid LIMIT ${page}`,
      [sourceId, after],
    );
    for (const { guid } of rows) yield guid;
    if (rows.length < page) return;
    after = rows.at(-1)?.guid ?? '';
  }
}
