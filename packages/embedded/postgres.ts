import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Logger, systemRuntime } from '@portolan/kernel';
import pg from 'pg';
import { type Account, canEnter, serverAccount } from './account.ts';
import { serverBinaries } from './binaries.ts';
import { claimPort } from './port.ts';

export interface EmbeddedPostgres {
  /** Address of a database of this server, with its password. */
  url(database: string): string;
  /** Process id of the server. */
  pid: number;
  /** Resolves when the server has ended by itself. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Data folder of the server; made on the first start. */
  folder: string;
  /** Where the programs are copied when nobody else could reach them in place. */
  binariesFolder: string;
  databases: string[];
  settings?: Record<string, string>;
  logger: Logger;
}

const run = promisify(execFile);
const superuser = 'ckan';

/** Bytes of the longest path at which every system lets a socket be. */
const longestSocketPath = 100;

/**
 * Starts the server and makes the databases that are missing. It listens at a socket in its own folder, where a query
 * costs half of what it does over TCP, and on a free port of the loopback address, for other programs and where the
 * folder's path is too long.
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { folder, logger } = options;
  const account = serverAccount();
  const binaries = await serverBinaries((at) => canEnter(at, account), options.binariesFolder);
  const password = await initialise(folder, binaries, account);
  await stopLeftOver(folder, logger);
  const { port, release } = await claimPort();
  const hasSocket = Buffer.byteLength(path.join(folder, `.s.PGSQL.${port}.lock`)) <= longestSocketPath;
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: hasSocket ? `"${folder.replaceAll('"', '""')}"` : '',
    max_connections: '100',
    timezone: 'UTC',
    jit: 'off',
    ...options.settings,
  };
  const child = spawn(
    path.join(binaries, 'bin', 'postgres'),
    ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A process group of its own: Ctrl-C in the terminal must reach it through us, in order.
    { ...account, stdio: ['ignore', 'ignore', 'pipe'], detached: true, env: { LC_ALL: 'C' }, cwd: folder },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  // Also when we are ended without time for order: the server ends itself, fast and clean.
  const endWithUs = () => child.kill('SIGINT');
  process.once('exit', endWithUs);
  const lines = collectLog(child, logger);
  const place = hasSocket ? `?host=${encodeURIComponent(folder)}` : '';
  const url = (database: string) =>
    `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}${place}`;
  await untilReady(url('postgres'), ended, lines).finally(release);
  await createDatabases(url, options.databases);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    async stop() {
      // Fast shutdown: open transactions are rolled back, nothing has to be recovered at the next start.
      child.kill('SIGINT');
      await ended;
      process.off('exit', endWithUs);
    },
  };
}

/** Makes the data folder on the first start, whole or not at all, and returns the superuser's password. */
async function initialise(folder: string, binaries: string, account: Account | undefined): Promise<string> {
  const passwordFile = path.join(folder, '..', 'postgres.password');
  if (existsSync(path.join(folder, 'PG_VERSION')) && existsSync(passwordFile))
    return (await readFile(passwordFile, 'utf8')).trim();
  const unfinished = path.join(folder, '..', 'postgres.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const password = systemRuntime.bytes(24).toString('hex');
  const given = path.join(unfinished, '..', 'postgres.initial');
  await writeFile(given, password, { mode: 0o600 });
  if (account) {
    await chown(unfinished, account.uid, account.gid);
    await chown(given, account.uid, account.gid);
  }
  const init = [
    '-D',
    unfinished,
    '-U',
    superuser,
    '-A',
    'scram-sha-256',
    `--pwfile=${given}`,
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  await run(path.join(binaries, 'bin', 'initdb'), init, {
    ...account,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    cwd: unfinished,
  });
  await rm(given);
  await writeFile(passwordFile, password, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return password;
}

/** A portal that was killed leaves its server running; it is asked to end before another one starts. */
async function stopLeftOver(folder: string, logger: Logger): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!isServerOf(pid, folder)) return;
  logger.warn({ pid }, 'stopping the database server of an earlier run');
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isServerOf(pid, folder); waited += 50) {
    if (waited > 20_000) process.kill(pid, 'SIGQUIT');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isServerOf(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = `/proc/${pid}/cmdline`;
  // Where there is no /proc the pid file is all that can be known.
  if (!existsSync('/proc/self')) return true;
  return existsSync(command) && readFileSync(command, 'utf8').includes(folder);
}

/** What it says to whoever asks too early, as `untilReady` does: after a crash for as long as it recovers. */
const notYet = /the database system is (starting up|not yet accepting connections)/;

function collectLog(child: ChildProcess, logger: Logger): string[] {
  const lines: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      lines.push(line);
      if (lines.length > 30) lines.shift();
      if (/ (FATAL|PANIC):/.test(line) && !notYet.test(line)) logger.warn({ line }, 'postgres');
      else logger.debug({ line }, 'postgres');
    }
  });
  return lines;
}

async function untilReady(url: string, ended: Promise<unknown>, lines: string[]): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const started = systemRuntime.now(); ; ) {
    if (over) throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (systemRuntime.now() - started > 60_000)
        throw new Error(`PostgreSQL is not ready after a minute:\n${lines.join('\n')}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function createDatabases(url: (database: string) => string, databases: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const there = new Set(rows.map((row) => row.datname));
    for (const name of databases)
      if (!there.has(name))
        await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`);
  } finally {
    await client.end();
  }
}
