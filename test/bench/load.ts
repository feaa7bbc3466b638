import { Agent, request } from 'node:http';

export interface Load {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  errors: number;
}

/**
 * Sends GETs over `connections` kept connections for `seconds`, or until `requests` have been sent; anything but a 200
 * (or what `status` says) is an error.
 */
export async function load(
  url: string,
  options: {
    connections: number;
    seconds?: number;
    requests?: number;
    paths: string[];
    headers?: Record<string, string>;
    status?: number;
  },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  let errors = 0;
  const began = performance.now();
  const end = began + (options.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const most = options.requests ?? Number.POSITIVE_INFINITY;
  let sent = 0;
  await Promise.all(
    Array.from({ length: options.connections }, async (_, worker) => {
      for (let turn = worker; sent < most && performance.now() < end; turn++) {
        sent++;
        const asked = performance.now();
        const status = await get(
          agent,
          url + options.paths[turn % options.paths.length],
          options.headers ?? {},
        );
        times.push(performance.now() - asked);
        if (status !== (options.status ?? 200)) errors++;
      }
    }),
  );
  const elapsed = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rate: times.length / elapsed, p50: at(0.5), p95: at(0.95), p99: at(0.99), errors };
}

function get(agent: Agent, url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end();
  });
}

export const shown = ({ rate, p50, p95, p99, errors }: Load): string =>
  `${rate.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${errors ? `, ${errors} errors` : ''}`;
