import { Agent, request } from 'node:http';

export interface Load {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  errors: number;
}

/**
 * Sends GETs over `connections` kept connections for `seconds`; anything but a 200 (or what `status` says) is an error.
 */
export async function load(
  url: string,
  options: {
    connections: number;
    seconds: number;
    paths: string[];
    headers?: Record<string, string>;
    status?: number;
  },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  let errors = 0;
  const end = performance.now() + options.seconds * 1000;
  await Promise.all(
    Array.from({ length: options.connections }, async (_, worker) => {
      for (let turn = worker; performance.now() < end; turn++) {
        const began = performance.now();
        const status = await get(
          agent,
          url + options.paths[turn % options.paths.length],
          options.headers ?? {},
        );
        times.push(performance.now() - began);
        if (status !== (options.status ?? 200)) errors++;
      }
    }),
  );
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rate: times.length / options.seconds, p50: at(0.5), p99: at(0.99), errors };
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

export const shown = ({ rate, p50, p99, errors }: Load): string =>
  `${rate.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${errors ? `, ${errors} errors` : ''}`;
