import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceProcess, startService } from '../processes/service.ts';

/**
 * The worker beside a portal: it indexes what changes and compares all the time. With OpenSearch, waits until that
 * answers the searches of the API at `url`, which takes as long as its index takes to build where there is none.
 */
export async function startSearchWorker(
  url: string,
  env: Record<string, string | undefined>,
): Promise<ServiceProcess> {
  const began = performance.now();
  const worker = await startService('worker', env);
  for (;;) {
    const answer = await fetch(`${url}/api/3/action/package_search?rows=0`);
    if (answer.ok && !answer.headers.has('x-portolan-search-engine')) break;
    await delay(1000);
  }
  if (process.env['OPENSEARCH_URL'])
    console.log(`OpenSearch answers after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return worker;
}
