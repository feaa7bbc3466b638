import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve('../shared/servers');

export interface Server {
  variables: Record<string, string>;
  /** Stops, starts or kills this instance and no other. */
  act(command: 'start' | 'stop' | 'kill' | 'clean'): void;
  stop(): void;
}

/**
 * Starts one of the real servers for tests, on a port of its own; undefined where they are not installed.
 * Its data are dropped when it is stopped.
 */
export function startServer(name: string, env: Record<string, string>): Server | undefined {
  const program = `${folder}/${name}`;
  if (!existsSync(program)) return undefined;
  const run = (command: string) =>
    execFileSync(program, [command], { env: { ...process.env, ...env }, encoding: 'utf8' });
  const variables: Record<string, string> = {};
  for (const [, key, value] of run('start').matchAll(/^export (\w+)=(.*)$/gm)) variables[key!] = value!;
  return { variables, act: run, stop: () => void run('clean') };
}
