import type { FeedHealth } from '@portolan/harvest';
import { escapeHtml } from './page.ts';
import { table } from './table.ts';

const runHeads = [
  ...['started', 'status', 'took', 'added', 'updated', 'unchanged', 'deleted', 'errors'],
  ...[
    'duplicates',
    'without identifier',
    'elsewhere too',
    'requests',
    'failed requests',
    'answered in',
    'said',
  ],
];

/** A source's health as a page that needs nothing else. */
export function healthPage({
  source,
  health,
  since,
  held_deletions: held,
  runs,
  duplicates,
  missing_identifiers: unidentified,
  in_other_sources: elsewhere,
  invalid,
}: FeedHealth): string {
  const title = escapeHtml(source.title || source.name || source.id);
  const frozen = source.frozen ? ' The source is frozen.' : '';
  const state = `${health ?? 'not harvested yet'}${since ? ` since ${since} (UTC)` : ''}.${frozen}`;
  const runRows = runs.map(({ created, status, seconds, stats, remote, findings, gather_errors: errors }) => [
    created,
    status,
    seconds === null ? '' : `${seconds} s`,
    ...['added', 'updated', 'not modified', 'deleted', 'errored'].map((name) => stats[name] ?? 0),
    findings.duplicates,
    findings.missing_identifiers,
    findings.in_other_sources,
    remote.requests,
    remote.failed,
    remote.mean_ms === null ? '' : `${remote.mean_ms} ms, at most ${remote.slowest_ms} ms`,
    errors.map(({ message }) => message).join('; '),
  ]);
  const records = invalid.map(({ guid, stage, line, message }) => [guid, stage, line ?? '', message]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>
<h1>${title}</h1>
<p>${escapeHtml(state)} Deletions held back: ${held}.</p>
<h2>Last runs</h2>
${table(runHeads, runRows)}
<h2>Identifiers that the feed has more than once</h2>
${table(
  ['position', 'identifier'],
  duplicates.map(({ position, guid }) => [position, guid]),
)}
<h2>Records without an identifier</h2>
${table(
  ['position', 'record'],
  unidentified.map(({ position, record }) => [position, record]),
)}
<h2>Records that another source has too</h2>
${table(
  ['position', 'identifier', 'source'],
  elsewhere.map(({ position, guid, source }) => [position, guid, source ?? '']),
)}
<h2>Invalid records of the last run</h2>
${table(['record', 'stage', 'line', 'what is wrong'], records)}
</body></html>
`;
}
