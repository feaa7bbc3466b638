import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** A service as its own process, started from the product's own start file. */
export interface ServiceProcess {
  name: string;
  child: ChildProcess;
  ended: Promise<void>;
  /** What it wrote to standard error, the last lines. */
  log(): string;
}

export type ServiceName = 'api' | 'worker' | 'harvester';

/** Starts a service and waits until it works. */
export async function startService(
  name: ServiceName,
  env: Record<string, string | undefined>,
): Promise<ServiceProcess> {
  const child = fork(path.resolve(`services/${name}/start.ts`), {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-20_000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it worked:\n${text}`)));
  });
  return { name, child, ended, log: () => text };
}

/** Ends a service and waits for it; SIGKILL is what a crash is like. */
export async function endService(service: ServiceProcess, signal: NodeJS.Signals): Promise<void> {
  service.child.kill(signal);
  await service.ended;
}

/** Runs a command of `portolan` to its end and returns its standard output. */
export async function runCommand(args: string[], env: Record<string, string | undefined>): Promise<string> {
  const child = fork(path.resolve('services/cli/main.ts'), args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`portolan ${args.join(' ')} ended with ${code}: ${errors}`);
  return output;
}
