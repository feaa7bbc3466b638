// node test/bench/harvest.bench.ts [records] [ckan | waf | waf-undated | csw | gemini-csw] [--unchanged] [--statements]: a first harvest
// of a source, and one in which nothing has changed. With --unchanged the second alone, after a first that is pretended;
// --statements lists those that were waited for longest. With CKAN_URL and CKAN_TOKEN that CKAN harvests a remote of the same
// kind, in turns: --reference N records, which neither it nor the portal knows.
import './lean.ts';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createJob, type JobRun, runGather, runImport } from '@portolan/harvest';
import { pretendImported } from './harvest_imported.ts';
import { openReference } from './harvest_reference.ts';
import { openSetting, serveRemote } from './harvest_setting.ts';
import { cpuOfFamily } from './process_usage.ts';
import { countStatements, longest } from './statements.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    unchanged: { type: 'boolean' },
    statements: { type: 'boolean' },
    reference: { type: 'string', default: '150' },
  },
});
const records = Number(positionals[0] ?? 50_000);
const type = positionals[1] ?? 'ckan';
const workers = 2;

const setting = await openSetting(type, records);
const { db, harvester } = setting;
const statements = countStatements();
const remote = await serveRemote(type, Number(values.reference));
const reference = await openReference(remote);

let turns = 0;
const newRun = (): JobRun => ({
  id: `bench ${turns++}`,
  signal: new AbortController().signal,
  fence: async () => {},
});
const newJob = async () =>
  (await db.transact((tx) => createJob(tx, harvester, setting.sourceId, { run: true }))).id;

async function importAll(jobId: string): Promise<void> {
  const work = async () => {
    const run = newRun();
    while ((await runImport(harvester, run, jobId)) > 0);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/** Until every change has reached the index. */
async function indexed(): Promise<void> {
  while ((await db.rows(`SELECT FROM portolan.outbox LIMIT 1`)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 200));
}

/** @returns seconds until all was indexed */
async function harvest(label: string): Promise<number> {
  const id = await newJob();
  statements.byText.clear();
  const before = {
    ...statements,
    cpu: process.cpuUsage(),
    database: cpuOfFamily(setting.postgresPid),
    relay: cpuOfFamily(setting.relayPid),
  };
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(process.memoryUsage.rss() / 2 ** 20), 200);
  const started = performance.now();
  await runGather(harvester, newRun(), id);
  const gathered = performance.now();
  await importAll(id);
  const imported = performance.now();
  await indexed();
  const ended = performance.now();
  clearInterval(sampling);
  const [counts] = await db.rows<{ text: string }>(
    `SELECT string_agg(report_status || ' ' || n, ', ') AS text FROM (
       SELECT report_status, count(*) AS n FROM harvest_object WHERE harvest_job_id = $1 GROUP BY 1) AS c`,
    [id],
  );
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  const cpu = process.cpuUsage(before.cpu);
  const perRecord = (amount: number) => (amount / records).toFixed(2);
  console.log(`${label}: ${counts?.text}
  ${seconds(started, ended)} s: gather ${seconds(started, gathered)}, import ${seconds(gathered, imported)}, index behind it ${seconds(imported, ended)}; ${((records / (ended - started)) * 1000).toFixed(0)} records/s
  CPU a record: ${perRecord((cpu.user + cpu.system) / 1000)} ms of this process, ${perRecord(1000 * (cpuOfFamily(setting.relayPid) - before.relay))} ms of the index relay, ${perRecord(1000 * (cpuOfFamily(setting.postgresPid) - before.database))} ms of PostgreSQL
  memory by tenths of the time, MB: ${peaks(memory, 10).join(' ')}; most since the start ${(process.resourceUsage().maxRSS / 1024).toFixed(0)}
  ${perRecord(statements.all - before.all)} statements a record; ${((statements.writing - before.writing) / (records / 1000)).toFixed(1)} that write per 1000 records
  load average ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`);
  if (values.statements) console.log(longest(statements, 25));
  return (ended - started) / 1000;
}

async function compare(label: string): Promise<void> {
  const own = await harvest(label);
  if (!reference) return;
  const { seconds, stats, datasets, errors } = await reference.harvest();
  const count = Number(values.reference);
  const ratio = seconds / count / (own / records);
  console.log(
    `  CKAN: ${count} records in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(2)}/s, ${ratio.toFixed(1)} times as long for each; ${JSON.stringify(stats)}, ${datasets} datasets found, ${errors.length} errors ${errors[0] ?? ''}`,
  );
}

/** The highest of each of `count` stretches. */
function peaks(samples: readonly number[], count: number): string[] {
  const length = Math.ceil(samples.length / count) || 1;
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, n) =>
    Math.max(...samples.slice(n * length, (n + 1) * length)).toFixed(0),
  );
}

try {
  if (values.unchanged) {
    await pretendImported(setting, newRun(), await newJob());
    await indexed();
  } else await compare('first run');
  await compare('nothing changed');
} finally {
  await reference?.close();
  remote.close();
  await setting.close();
}
