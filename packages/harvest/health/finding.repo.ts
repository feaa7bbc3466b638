import type { Sql, Tx } from '@portolan/db';

/**
 * What a record of a feed may have against it. `duplicate`: the listing has its GUID twice. `unidentified`: it has no
 * identifier. `elsewhere`: another source has it too.
 */
export type FindingKind = 'duplicate' | 'unidentified' | 'elsewhere';

export interface Finding {
  kind: FindingKind;
  /** Of the record in the listing, from 1. */
  position: number;
  /** GUID, or whatever else tells which record it is. */
  record: string;
  otherSource?: string;
}

const mostKept = 1000;
const longestName = 500;

/** Notes findings of a job and counts them; the first thousand of each kind are kept. */
export async function addFindings(tx: Tx, jobId: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await tx.rows(
    `WITH found AS (
       SELECT * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS f(position, kind, record, other)
     ), kept AS (
       INSERT INTO portolan.harvest_feed_finding (job_id, position, kind, record, other_source_id)
       SELECT $1, position, kind, record, other
       FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY position) AS n FROM found) AS f
       WHERE n + (SELECT count(*) FROM portolan.harvest_feed_finding k WHERE k.job_id = $1 AND k.kind = f.kind) <= ${mostKept}
       ON CONFLICT DO NOTHING
     )
     UPDATE portolan.harvest_job_state SET
       duplicates = duplicates + (SELECT count(*) FROM found WHERE kind = 'duplicate'),
       unidentified = unidentified + (SELECT count(*) FROM found WHERE kind = 'unidentified'),
       elsewhere = elsewhere + (SELECT count(*) FROM found WHERE kind = 'elsewhere')
     WHERE job_id = $1`,
    [
      jobId,
      findings.map(({ position }) => position),
      findings.map(({ kind }) => kind),
      findings.map(({ record }) => record.replaceAll('\0', '').slice(0, longestName)),
      findings.map(({ otherSource }) => otherSource ?? null),
    ],
  );
}

export interface KeptFinding {
  kind: FindingKind;
  position: number;
  record: string;
  /** Title of the other source, where everybody may see it. */
  other: string | null;
}

/** In the order of the listing. @param limit of each kind */
export const findFindings = (sql: Sql, jobId: string, limit: number): Promise<KeptFinding[]> =>
  sql.rows<KeptFinding>(
    `SELECT f.kind, f.position, f.record, p.title AS other
     FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY position) AS n
           FROM portolan.harvest_feed_finding WHERE job_id = $1) AS f
     LEFT JOIN package p ON p.id = f.other_source_id AND p.state = 'active' AND p.private IS NOT TRUE
     WHERE f.n <= $2 ORDER BY f.position, f.kind`,
    [jobId, limit],
  );

export interface Claim {
  guid: string;
  /** None: the job itself has listed a record of this GUID. */
  otherSource: string | null;
}

/** Who else claims these GUIDs: earlier records of the job, current ones of other active sources. */
export const findClaims = (
  sql: Sql,
  { jobId, sourceId }: { jobId: string; sourceId: string },
  guids: string[],
): Promise<Claim[]> =>
  sql.rows<Claim>(
    `SELECT DISTINCT o.guid, CASE WHEN o.harvest_job_id <> $1 THEN o.harvest_source_id END AS "otherSource"
     FROM harvest_object o JOIN harvest_source s ON s.id = o.harvest_source_id
     WHERE o.guid = ANY ($3) AND (o.harvest_job_id = $1
       OR o.current AND o.harvest_source_id <> $2 AND s.active IS NOT FALSE)`,
    [jobId, sourceId, guids],
  );
