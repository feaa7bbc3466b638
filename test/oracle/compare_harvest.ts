// Lets both servers harvest the same invented documents and prints where what they made of them differs:
//
//   node test/oracle/compare_harvest.ts URL TOKEN URL TOKEN [KIND…] [--records 40] [--seed 1] [--before COMMAND]
//       [--remember FOLDER]
//
// KIND is one of those below; all without. The first server is a real CKAN (hold its lock, reset it before), the second a
// portal that may fetch from 127.0.0.1 as fast as it likes and does not read `gmx:Anchor`. `--before` is run before each
// source: the real one chooses its validation profiles once in a worker's life, so its `fetch` worker has to be started
// anew, and whenever a document has ended it. Of a job whose worker ended, the records without an outcome are not compared.
// `--remember` keeps what the first server said, to compare the second with it again; take the folder away afterwards.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { differences, settled } from './harvest/differences.ts';
import { serveDocuments } from './harvest/document_server.ts';
import { ask, clear, harvest, makeSource, type Outcome, outcome, type Site } from './harvest/harvested.ts';
import { singleScenarios, wafScenarios } from './harvest/iso_scenarios.ts';
import { rdfScenarios } from './harvest/rdf_scenarios.ts';
import type { Documents, Scenario, Scenarios } from './harvest/scenario.ts';

const kinds: Record<string, Scenarios> = { waf: wafScenarios, single: singleScenarios, rdf: rdfScenarios };

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
const tally = { runs: 0, records: 0, equal: 0, lost: 0, different: 0 };

const textOf = (documents: Documents) =>
  Object.values(documents)
    .map((answer) => (typeof answer === 'function' ? '' : answer.body))
    .join('\n');

/** Harvests the source of a scenario once, made when it is not there. */
async function harvestOn(site: Site, scenario: Scenario, sources: Map<Site, string>) {
  const text = [JSON.stringify(scenario.config), ...scenario.runs.map(textOf)].join('\n');
  const source = sources.get(site) ?? (await makeSource(site, scenario, documents.url, owner));
  sources.set(site, source);
  return outcome(site, source, await harvest(site, source), scenario, (id) => text.includes(id));
}

async function compare(scenario: Scenario): Promise<void> {
  const file = options.remember && `${options.remember}/${scenario.name}-${options.records}.json`;
  const remembered: Outcome[] = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  if (options.before && remembered.length === 0) execSync(options.before, { stdio: 'ignore' });
  const sources = new Map<Site, string>();
  const said: Outcome[] = [];
  for (const [run, served] of scenario.runs.entries()) {
    documents.serve(served);
    const [theirs, ours] = await Promise.all([
      remembered[run] ?? harvestOn(oracle, scenario, sources),
      harvestOn(portal, scenario, sources),
    ]);
    said.push(theirs);
    tally.runs++;
    compareRun(scenario.name, run, theirs, ours);
  }
  if (file) writeFileSync(file, JSON.stringify(said));
  for (const [site, source] of sources) await clear(site, source);
}

function compareRun(source: string, run: number, theirs: Outcome, ours: Outcome): void {
  const tell = (record: string, found: Iterable<object>) => {
    for (const one of found) console.log(JSON.stringify({ source, run, record, ...one }));
  };
  if (run === 0 && theirs.lost.length === 0) tell('', differences(theirs.stats, ours.stats, 'stats'));
  tell('', differences(theirs.gatherErrors, ours.gatherErrors, 'gather'));
  if (theirs.lost.length === 0) tell('', differences(theirs.datasets, ours.datasets, 'datasets'));
  for (const key of new Set([...Object.keys(theirs.records), ...Object.keys(ours.records)])) {
    tally.records++;
    const found = [...differences(...settled(theirs.records[key], ours.records[key]))];
    if (theirs.lost.includes(key)) tally.lost++;
    else if (found.length === 0) tally.equal++;
    else {
      tally.different++;
      tell(key, found);
    }
  }
}

const documents = await serveDocuments(Number(options.port));
await Promise.all(
  sites.map(async (site) => {
    const names: string[] = await ask(site, 'organization_list', {});
    if (!names.includes(owner)) await ask(site, 'organization_create', { name: owner, title: 'Harvested' });
  }),
);
try {
  for (const [kind, scenarios] of Object.entries(kinds))
    if (wanted.length === 0 || wanted.includes(kind))
      for (const scenario of scenarios({ seed, records: Number(options.records), root: documents.url }))
        await compare(scenario);
} finally {
  await documents.end();
}
console.log(JSON.stringify(tally));
if (tally.different > 0) process.exitCode = 1;
