// Replays the recordings of real CKAN against a portal of its own and holds the result to known_differences.json:
// a step that differs and is not listed there fails the run. `--update` writes the list anew.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const recordings = path.resolve(root, '../shared/recordings');
const listFile = path.join(root, 'test/replay/known_differences.json');
/** What differs on OpenSearch besides: documents that are gone count for how rare a word is until they are merged away. */
const openSearchList = path.join(root, 'test/replay/known_differences.opensearch.json');
const reach = JSON.parse(readFileSync(path.join(root, 'test/replay/reach.json'), 'utf8'));

const args = process.argv.slice(2);
const update = args.includes('--update');
const asked = args.filter((arg) => !arg.startsWith('--'));
if (!existsSync(recordings)) {
  console.log('replay: skipped, there are no recordings beside the project');
  process.exit(process.env.CI ? 1 : 0);
}

const harvests = (asked.length > 0 ? asked : reach).some((one) => one.startsWith('harvest'));
const data = mkdtempSync(path.join(tmpdir(), 'portolan replay '));
chmodSync(data, 0o755);
const port = await freePort();
const portolan = [process.execPath, path.join(root, 'bin/portolan.mjs'), '--data', data];
const portal = spawn(portolan[0], [...portolan.slice(1), 'start'], {
  env: {
    ...process.env,
    PORT: String(port),
    PORTOLAN_ALLOW_RESET: '1',
    // What the recorded CKAN had running beside it: workers only where an area is about their work, and no clock.
    PORTOLAN_SERVICES: harvests ? 'api,relay,harvester' : 'api,relay',
    PORTOLAN_FETCH_ALLOW: '127.0.0.1/32',
    // Its plugins: the six types of CKAN's own extensions, and no spatial_harvest_metadata_api.
    PORTOLAN_HARVEST_TYPES: 'ckan csw waf single-doc dcat_rdf dcat_json',
    PORTOLAN_HARVEST_METADATA_API: 'false',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let failed = 1;
try {
  await new Promise((resolve, reject) => {
    portal.stdout.on('data', (text) => String(text).includes('Ctrl-C') && resolve());
    portal.once('exit', (code) => reject(new Error(`the portal ended with ${code}`)));
  });
  failed = replay();
} finally {
  portal.kill('SIGTERM');
  await new Promise((resolve) => (portal.exitCode === null ? portal.once('exit', resolve) : resolve()));
  rmSync(data, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function replay() {
  const { env } = JSON.parse(readFileSync(path.join(data, 'portal.json'), 'utf8'));
  const report = path.join(data, 'report.json');
  const reset = path.join(data, 'reset.sh');
  const words = portolan.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  writeFileSync(
    reset,
    `#!/bin/sh\nprintf '%s\\n' "$CKAN_SETTINGS" > '${data}/settings.ini'\nexec ${words} reset --yes --settings '${data}/settings.ini'\n`,
    { mode: 0o755 },
  );
  const paths = (asked.length > 0 ? asked : reach).map((one) => path.join(recordings, 'recordings', one));
  const { status, error } = spawnSync(
    path.join(recordings, 'tool/replay'),
    [
      '--url',
      env.PORTOLAN_URL,
      '--token',
      env.PORTOLAN_TOKEN,
      '--reset',
      `'${reset}'`,
      '--json',
      report,
      ...(asked.length > 0 ? [] : ['--quiet']),
      ...paths,
    ],
    { stdio: 'inherit', env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  if (error || status === null || !existsSync(report)) throw error ?? new Error('the replay did not finish');
  const known = new Set(existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : []);
  const knownThere = process.env.OPENSEARCH_URL ? JSON.parse(readFileSync(openSearchList, 'utf8')) : [];
  /** By step: what differs. */
  const differing = new Map();
  const seen = new Set();
  for (const { recording, steps } of JSON.parse(readFileSync(report, 'utf8')))
    for (const step of steps) {
      const name = `${recording} ${step.step}`;
      seen.add(name);
      if (!step.equal && !step.advisory) differing.set(name, step.differences);
    }
  if (update) {
    const kept = [...known].filter((name) => !seen.has(name));
    const list = [...kept, ...differing.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    writeFileSync(listFile, `${JSON.stringify(list, null, 1)}\n`);
    console.log(`replay: ${list.length} known differences written`);
    return false;
  }
  const fresh = [...differing.keys()].filter((name) => !known.has(name) && !knownThere.includes(name));
  const gone = [...known].filter((name) => seen.has(name) && !differing.has(name));
  if (gone.length > 0)
    console.log(
      `replay: ${gone.length} listed steps are equal now, take them off the list (--update):\n  ${gone.join('\n  ')}`,
    );
  if (fresh.length > 0)
    console.log(
      `replay: ${fresh.length} steps differ that are not listed:\n  ${fresh.map((name) => `${name} ${JSON.stringify(differing.get(name))}`).join('\n  ')}`,
    );
  console.log(`replay: ${seen.size} steps, ${differing.size} differ, ${fresh.length} of them not listed`);
  return fresh.length > 0 || seen.size === 0;
}

/** Plain JavaScript, for any Node; neither among the ports of outgoing connections nor among those that tests claim. */
function freePort(port = 10_000 + (process.pid % 5_000)) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort(port + 1)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
