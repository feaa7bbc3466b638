// node test/bench/api.bench.ts: reads, writes, freshness and start of a portal of its own, as numbers and ratios of
// one run. The bare Fastify route beside it says what this machine can do just now.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { removeFolder, startPortal } from '../acceptance/portal.ts';
import { load, shown } from './load.ts';
import { described, memoryOf } from './server_memory.ts';

const seconds = Number(process.argv[2] ?? 5);
const portal = await startPortal({ env: { LOG_LEVEL: 'error' } });
const bare = fork(fileURLToPath(new URL('bare_route.ts', import.meta.url)));
const bareUrl = await new Promise<string>((resolve) => bare.once('message', (url) => resolve(String(url))));

/** A word of letters alone that no analyser takes apart or shortens. */
const word = (kind: string, number: number) =>
  `${kind}${String(number).replace(/\d/g, (digit) => 'bcdfghjkmn'[Number(digit)] ?? '')}x`;

async function call(name: string, params: object) {
  const response = await fetch(`${portal.url}/api/3/action/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: portal.token },
    body: JSON.stringify(params),
  });
  const body = (await response.json()) as { result: { id: string; count: number } };
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body.result;
}

try {
  await call('organization_create', { name: 'bench' });
  const dataset = (name: string) => ({
    name,
    owner_org: 'bench',
    title: `Dataset ${name}`,
    notes: 'Levels of rivers and lakes, measured every quarter of an hour at all stations. '.repeat(5),
    tags: ['water', 'levels', 'rivers'].map((tag) => ({ name: tag })),
    extras: [{ key: 'theme', value: 'environment' }],
    resources: [1, 2, 3].map((one) => ({
      url: `https://example.org/${name}/${one}.csv`,
      name: `File ${one}`,
    })),
  });
  const writes: number[] = [];
  for (let one = 0; one < 300; one++) {
    const began = performance.now();
    await call('package_create', dataset(`bench-${one}`));
    writes.push(performance.now() - began);
  }
  const written = writes.reduce((sum, one) => sum + one, 0) / 1000;
  console.log(`package_create, one client, durable: ${(writes.length / written).toFixed(0)}/s (floor 60)`);

  const fresh: number[] = [];
  for (let one = 0; one < 50; one++) {
    const began = performance.now();
    await call('package_patch', { id: `bench-${one}`, notes: word('fresh', one) });
    while ((await call('package_search', { q: word('fresh', one), rows: 1 })).count !== 1);
    fresh.push(performance.now() - began);
  }
  console.log(`patch to found: longest of ${fresh.length} ${Math.max(...fresh).toFixed(0)} ms (floor 1000)`);

  const lags: number[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let one = 0; one < 50; one++) {
      const due = performance.now() + 80;
      const text = word('lag', writer * 1000 + one);
      const began = performance.now();
      await call('package_patch', { id: `bench-${100 + writer}`, notes: text });
      while ((await call('package_search', { q: text, rows: 1 })).count !== 1);
      lags.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  });
  await Promise.all(writers);
  lags.sort((a, b) => a - b);
  console.log(
    `freshness under 50 writes/s: p99 ${lags[Math.floor(lags.length * 0.99)]?.toFixed(0)} ms (floor 2000)`,
  );

  const show = Array.from({ length: 300 }, (_, one) => `/api/3/action/package_show?id=bench-${one}`);
  for (let round = 0; round < 3; round++) {
    const hello = await load(bareUrl, { connections: 16, seconds, paths: ['/'] });
    const status = await load(portal.url, { connections: 16, seconds, paths: ['/api/3/action/status_show'] });
    const shows = await load(portal.url, { connections: 16, seconds, paths: show });
    const search = await load(portal.url, {
      connections: 8,
      seconds,
      paths: ['/api/3/action/package_search?q=rivers&rows=20'],
    });
    console.log(`bare route      ${shown(hello)}`);
    console.log(
      `status_show     ${shown(status)}  = ${(status.rate / hello.rate).toFixed(2)} of the bare route (floor 0.5)`,
    );
    console.log(`package_show    ${shown(shows)}  (floor 4000/s, p99 25 ms)`);
    console.log(`package_search  ${shown(search)}`);
  }
  console.log(`our processes after the load: ${described(memoryOf(portal.process.pid ?? 0))}`);

  await portal.end('SIGTERM');
  const starts: number[] = [];
  for (let one = 0; one < 3; one++) {
    const began = performance.now();
    const again = await startPortal({ data: portal.data, port: portal.port });
    await fetch(`${again.url}/api/3/action/status_show`);
    starts.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    if (one === 0) console.log(`idle: ${described(memoryOf(again.process.pid ?? 0))} (ceiling 450)`);
    await again.end('SIGTERM');
  }
  console.log(
    `start on prepared data to the first 200: ${starts.map((one) => one.toFixed(0)).join(', ')} ms (ceiling 3000)`,
  );
} finally {
  bare.kill();
  if (portal.process.exitCode === null) await portal.end('SIGTERM');
  removeFolder(portal.data);
}
