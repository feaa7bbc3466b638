// Lets both servers harvest the same invented documents and prints where what they made of them differs:
//
//   node test/oracle/compare_harvest.ts URL TOKEN URL TOKEN [KIND…] [--records 40] [--seed 1] [--before COMMAND]
//       [--remember FOLDER]
//
// KIND is one of those below; all without. The first server is a real CKAN (hold its lock, reset it before), the second a
// portal that may fetch from 127.0.0.1 as fast as it likes and does not read `gmx:Anchor`. `--before` is run before each
// source: the real one chooses its validation profiles once in a worker's life, so its `fetch` worker has to be started
// anew, and whenever a document has ended it. Of a job whose worker ended, the records without an outcome are not compared.
// Differences that are decided are counted by their rows of docs/compatibility.md, see `named.ts`; all others are printed.
// `--remember` keeps what the first server said, to compare the second with it again; take the folder away afterwards.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ckanScenarios } from './harvest/ckan_scenarios.ts';
import { cswScenarios } from './harvest/csw_scenarios.ts';
import { differences } from './harvest/differences.ts';
import { serveDocuments } from './harvest/document_server.ts';
import {
  clear,
  harvest,
  makeLocal,
  makeSource,
  type Outcome,
  outcome,
  type Site,
} from './harvest/harvested.ts';
import { singleScenarios, wafScenarios } from './harvest/iso_scenarios.ts';
import { jsonScenarios } from './harvest/json_scenarios.ts';
import { Named } from './harvest/named.ts';
import { rdfScenarios } from './harvest/rdf_scenarios.ts';
import type { Documents, Scenario, Scenarios } from './harvest/scenario.ts';

const kinds: Record<string, Scenarios> = {
  waf: wafScenarios,
  single: singleScenarios,
  csw: cswScenarios,
  rdf: rdfScenarios,
  json: jsonScenarios,
  ckan: ckanScenarios,
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    before: { type: 'string' },
    remember: { type: 'string' },
    port: { type: 'string', default: '56300' },
  },
});
const [oracleUrl, oracleToken, portalUrl, portalToken, ...wanted] = positionals;
if (!oracleUrl || !oracleToken || !portalUrl || !portalToken)
  throw new Error('node test/oracle/compare_harvest.ts URL TOKEN URL TOKEN [KIND…] [--records N] [--seed N]');
const oracle: Site = { url: oracleUrl, token: oracleToken };
const portal: Site = { url: portalUrl, token: portalToken };
const sites = [oracle, portal];
const seed = Number(options.seed);
const owner = 'harvested';
const tally = { runs: 0, records: 0, equal: 0, named: 0, lost: 0, different: 0, told: 0 };

const textOf = (documents: Documents) =>
  Object.values(documents)
    .map((answer) => (typeof answer === 'function' ? '' : answer.body))
    .join('\n');

/** The source of a scenario on a server, and the record of each dataset that was made of it. */
interface Made {
  source: string;
  madeFrom: Map<string, string>;
}

/** Harvests the source of a scenario once, made when it is not there. */
async function harvestOn(site: Site, scenario: Scenario, sources: Map<Site, Made>) {
  const text = [JSON.stringify(scenario.config), scenario.text, ...scenario.runs.map(textOf)].join('\n');
  const made = sources.get(site) ?? {
    source: await makeSource(site, scenario, documents.url, owner),
    madeFrom: new Map(),
  };
  sources.set(site, made);
  const job = await harvest(site, made.source);
  return outcome(site, made.source, job, scenario, {
    kept: (id) => text.includes(id),
    madeFrom: made.madeFrom,
  });
}

async function compare(scenario: Scenario): Promise<void> {
  const file = options.remember && `${options.remember}/${scenario.name}-${options.records}.json`;
  const remembered: Outcome[] = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  if (options.before && remembered.length === 0) execSync(options.before, { stdio: 'ignore' });
  for (const site of sites) await makeLocal(site, scenario.local);
  const sources = new Map<Site, Made>();
  const named = new Named(scenario.type);
  const said: Outcome[] = [];
  for (const [run, served] of scenario.runs.entries()) {
    documents.serve(served);
    const [theirs, ours] = await Promise.all([
      remembered[run] ?? harvestOn(oracle, scenario, sources),
      harvestOn(portal, scenario, sources),
    ]);
    said.push(theirs);
    tally.runs++;
    compareRun(scenario.name, run, named, theirs, ours);
  }
  if (file) writeFileSync(file, JSON.stringify(said));
  for (const [site, { source }] of sources) await clear(site, source);
}

const byRow = new Map<string, number>();

function compareRun(source: string, run: number, named: Named, theirs: Outcome, ours: Outcome): void {
  const tell = (record: string, found: Iterable<object>) => {
    for (const one of found) {
      tally.told++;
      console.log(JSON.stringify({ source, run, record, ...one }));
    }
  };
  const isWhole = theirs.lost.length === 0;
  tell('', differences(countsOf(ours), ours.stats, 'stats'));
  if (isWhole) tell('', differences(named.gather(theirs), named.gather(ours), 'gather'));
  for (const key of new Set([...Object.keys(theirs.records), ...Object.keys(ours.records)])) {
    tally.records++;
    // Once lost, what comes of it later differs.
    if (theirs.lost.includes(key)) named.lose(key);
    if (named.isLost(key)) {
      tally.lost++;
      continue;
    }
    const pair = named.record(key, run, { theirs: theirs.records[key], ours: ours.records[key] });
    const found = [...differences(pair.theirs, pair.ours)];
    for (const row of pair.rows) byRow.set(row, (byRow.get(row) ?? 0) + 1);
    if (found.length > 0) {
      tally.different++;
      tell(key, found);
    } else if (pair.rows.length > 0) tally.named++;
    else tally.equal++;
  }
  if (isWhole) tell('', differences(named.datasets(theirs), named.datasets(ours), 'datasets'));
}

/** What a job's counts come to by its records: with errors is one whatever became of it, and one that is not listed, too. */
function countsOf({ records, stats, gatherErrors }: Outcome): Record<string, number> {
  const all = Object.values(records);
  const counts = Object.fromEntries(
    Object.keys(stats).map((status) => [status, all.filter((one) => one.report_status === status).length]),
  );
  return { ...counts, errored: all.filter(({ errors }) => errors.length > 0).length + gatherErrors.length };
}

const documents = await serveDocuments(Number(options.port));
for (const site of sites) await makeLocal(site, { groups: [], organizations: [owner] });
try {
  for (const [kind, scenarios] of Object.entries(kinds))
    if (wanted.length === 0 || wanted.includes(kind))
      for (const scenario of scenarios({ seed, records: Number(options.records), root: documents.url }))
        await compare(scenario);
} finally {
  await documents.end();
}
for (const [row, records] of byRow) console.log(JSON.stringify({ row, records }));
console.log(JSON.stringify(tally));
if (tally.told > 0) process.exitCode = 1;
