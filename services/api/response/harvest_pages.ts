import { escapeHtml } from './page.ts';
import { type Cell, link, table } from './table.ts';

/** A source as harvest_source_show tells it, as far as the pages do. */
export interface SourcePage {
  id: string;
  name: string;
  title: string | null;
  url: string;
  source_type: string;
  frequency: string;
  notes: string | null;
  config: string | null;
  state: string;
  organization: { title: string | null; name: string } | null;
  status: { job_count: number; total_datasets: number; last_job: JobPage | null };
}

/** A job as harvest_job_show tells it. */
export interface JobPage {
  id: string;
  source_id: string;
  status: string;
  created: string;
  finished: string | null;
  stats: Record<string, number>;
}

export interface ReportPage {
  gather_errors: { message: string }[];
  object_errors: Record<
    string,
    { guid: string; errors: { message: string; line: number | null; type: string }[] }
  >;
}

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</body></html>\n`;

/** All sources, as harvest_source_list tells them. */
export const sourcesPage = (
  sources: {
    id: string;
    title: string | null;
    type: string;
    frequency: string;
    publisher_title: string | null;
    status: { last_harvest_request: string; job_count: number };
  }[],
): string =>
  page(
    'Harvest sources',
    table(
      ['source', 'type', 'organisation', 'frequency', 'jobs', 'last harvest'],
      sources.map(({ id, title, type, publisher_title: publisher, frequency, status }) => [
        link(`/harvest/${encodeURIComponent(id)}`, title || id),
        type,
        publisher ?? '',
        frequency,
        status.job_count,
        status.last_harvest_request,
      ]),
    ),
  );

const nameOf = ({ title, name }: { title: string | null; name: string }): string => title || name;
const addressOf = ({ name }: SourcePage): string => `/harvest/${encodeURIComponent(name)}`;

function facts(source: SourcePage): string {
  const { status, organization } = source;
  const rows: Cell[][] = [
    ['address', source.url],
    ['type', source.source_type],
    ['frequency', source.frequency],
    ['organisation', organization ? nameOf(organization) : ''],
    ['state', source.state],
    ['datasets', status.total_datasets],
    ['jobs', status.job_count],
  ];
  return `<p>${escapeHtml(source.notes ?? '')}</p>\n${table(['', ''], rows)}`;
}

/** What everybody may know of a source. */
export const sourcePage = (source: SourcePage): string =>
  page(
    nameOf(source),
    `${facts(source)}\n<ul>${[
      link(`/harvest/health/${encodeURIComponent(source.name)}`, 'how it does'),
      link(`/harvest/about/${encodeURIComponent(source.name)}`, 'its configuration'),
      link(`${addressOf(source)}/job`, 'its jobs'),
      link(`/harvest/admin/${encodeURIComponent(source.name)}`, 'its administration'),
    ]
      .map(({ text }) => `<li>${text}</li>`)
      .join('')}</ul>`,
  );

/** The same with its configuration. */
export const aboutPage = (source: SourcePage): string =>
  page(
    nameOf(source),
    `${facts(source)}\n<h2>Configuration</h2>\n<pre>${escapeHtml(source.config ?? '')}</pre>`,
  );

const button = (address: string, words: string): string =>
  `<form method="post" action="${escapeHtml(address)}"><button>${escapeHtml(words)}</button></form>`;

/** What those who may change a source can do with it. */
export function adminPage(source: SourcePage): string {
  const id = encodeURIComponent(source.id);
  const last = source.status.last_job;
  const open = last && ['New', 'Running'].includes(last.status);
  const actions = [
    button(`/harvest/refresh/${id}`, 'Harvest now'),
    ...(open ? [button(`/harvest/${id}/job/${encodeURIComponent(last.id)}/abort`, 'Abort the job')] : []),
    button(`/harvest/clear/${id}`, 'Take its datasets away'),
    button(`/harvest/delete/${id}`, 'Delete the source'),
    button(`/harvest/delete/${id}?clear=true`, 'Delete the source and its datasets'),
  ];
  return page(
    nameOf(source),
    `${facts(source)}\n${actions.join('\n')}\n<h2>Last job</h2>\n${last ? jobTable(source, [last]) : '<p>None yet.</p>'}`,
  );
}

const counts = ['added', 'updated', 'not modified', 'deleted', 'errored'];

const jobTable = (source: SourcePage, jobs: JobPage[]): string =>
  table(
    ['job', 'status', 'finished', ...counts],
    jobs.map(({ id, created, status, finished, stats }) => [
      link(`${addressOf(source)}/job/${encodeURIComponent(id)}`, created),
      status,
      finished ?? '',
      ...counts.map((name) => stats[name] ?? 0),
    ]),
  );

export const jobsPage = (source: SourcePage, jobs: JobPage[]): string =>
  page(`Jobs of ${nameOf(source)}`, jobTable(source, jobs));

/** A job with every error. */
export function jobPage(source: SourcePage, job: JobPage, report: ReportPage): string {
  const records = Object.entries(report.object_errors).flatMap(([id, { guid, errors }]) =>
    errors.map(({ type, line, message }): Cell[] => [
      link(`/harvest/object/${encodeURIComponent(id)}`, guid || id),
      type,
      line ?? '',
      message,
    ]),
  );
  return page(
    `A job of ${nameOf(source)}`,
    `${jobTable(source, [job])}
<h2>Errors of the listing</h2>
${table(
  ['what is wrong'],
  report.gather_errors.map(({ message }) => [message]),
)}
<h2>Errors of records</h2>
${table(['record', 'stage', 'line', 'what is wrong'], records)}`,
  );
}
