import type { Db } from '@portolan/db';
import { countCleanups } from './cleanup.table.ts';
import { knownRevisions } from './revisions.table.ts';
import { type Additions, missingStructure } from './structure.ts';
import { type Survey, surveyDatabase } from './survey.ts';

/** What adopting a database comes to, before anything is touched. */
export interface Plan {
  survey: Survey;
  /** Why it cannot be done. */
  refusals: string[];
  warnings: string[];
  /** What of CKAN 2.11's tables is added. */
  additions: Additions;
  cleanups: { step: string; what: string; rows: number }[];
}

export async function planAdoption(db: Db): Promise<Plan> {
  const survey = await surveyDatabase(db);
  const refusals = refusalsOf(survey);
  const none: Additions = { tables: [], columns: [], indexes: [] };
  const looked = refusals.length === 0 && survey.kind === 'ckan';
  return {
    survey,
    refusals,
    warnings: warningsOf(survey),
    additions: looked ? await missingStructure(db) : none,
    cleanups: looked ? await countCleanups(db) : [],
  };
}

function refusalsOf(survey: Survey): string[] {
  if (survey.kind === 'empty') return ['The database is empty: make a new portal with `db init`'];
  if (survey.kind === 'unknown') return ['The database has tables, but none of CKAN’s'];
  const refusals: string[] = [];
  if (survey.encoding !== 'UTF8') refusals.push(`The database’s encoding is ${survey.encoding}, not UTF8`);
  if (!survey.mayChange)
    refusals.push('This account does not own CKAN’s tables, or may not add a schema to the database');
  for (const [table, revision] of Object.entries(survey.revisions)) {
    const known = knownRevisions[table];
    if (known && revision !== null && !known[revision])
      refusals.push(
        `${table} is at ${revision}; known are ${Object.entries(known)
          .map(([id, name]) => `${id} (${name})`)
          .join(', ')}`,
      );
  }
  return refusals;
}

function warningsOf({ connections, revisions }: Survey): string[] {
  const others = Object.entries(connections).map(([name, count]) => `${name} (${count})`);
  const extensions = Object.keys(revisions).filter((table) => !knownRevisions[table]);
  return [
    ...(others.length > 0
      ? [`Others are connected: ${others.join(', ')}; stop CKAN and its workers first`]
      : []),
    ...(extensions.length > 0 ? [`Tables of other extensions stay untouched: ${extensions.join(', ')}`] : []),
  ];
}
