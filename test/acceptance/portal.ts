import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { claimPort } from '@portolan/embedded/port';

/** A portal of the tests' own, started as a user starts it. */
export interface Portal {
  url: string;
  token: string;
  data: string;
  port: number;
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; resolves to the exit code or signal. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export interface PortalOptions {
  data?: string;
  port?: number;
  env?: Record<string, string>;
  /** Started by `npm start`; `end` then waits for npm alone. */
  npm?: boolean;
}

export function emptyFolder(name = 'portolan acceptance '): string {
  const folder = mkdtempSync(path.join(tmpdir(), name));
  chmodSync(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts `portolan start` and waits until it says where it is. */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  const data = options.data ?? emptyFolder();
  const port = options.port ?? (await claimPort()).port;
  const {
    process: child,
    output,
    ended,
  } = command(
    options.npm ? ['--data', data] : ['start', '--data', data],
    {
      PORT: String(port),
      LOG_LEVEL: 'warn',
      PORTOLAN_ALLOW_RESET: '1',
      PORTOLAN_FETCH_ALLOW: '127.0.0.1/32',
      // Where OpenSearch is used it serves several portals: the indices of one are not those of another.
      OPENSEARCH_ALIAS: `portal-${port}`,
      ...options.env,
    },
    options.npm ? ['npm', 'start', '--'] : undefined,
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output().includes('Ctrl-C')) resolve();
    });
    void ended.then((code) => reject(new Error(`the portal ended with ${code}:\n${output()}`)));
  });
  const running = JSON.parse(readFileSync(path.join(data, 'portal.json'), 'utf8')) as {
    env: Record<string, string>;
  };
  return {
    url: `http://localhost:${port}`,
    token: running.env['PORTOLAN_TOKEN'] ?? '',
    data,
    port,
    process: child,
    output,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts a command of `portolan`; `output` collects both its streams. */
export function command(
  args: string[],
  env: Record<string, string> = {},
  [program, ...before]: readonly string[] = [process.execPath, path.resolve('bin/portolan.mjs')],
) {
  const child = spawn(program!, [...before, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let standard = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    standard += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return { process: child as ChildProcess, output: () => text, standard: () => standard, ended };
}

/** Runs a command to its end. */
export async function run(args: string[], env: Record<string, string> = {}) {
  const { output, standard, ended } = command(args, env);
  const code = await ended;
  return { code, output: output(), standard: standard() };
}
