import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@portolan/embedded';
import {
  createLogger,
  environment,
  type Logger,
  leanEnvironment,
  loadConfig,
  Shutdown,
  siteVariables,
} from '@portolan/kernel';
import { runService, type Service } from './child.ts';
import { type DataFolder, keptSecret, openDataFolder } from './data_folder.ts';
import { claimData, readRunFile, releaseData, removeRunFile, writeRunFile } from './run_file.ts';

export interface PortalOptions {
  /** `--data`; else PORTOLAN_DATA, else `data` in the clone. */
  data?: string | undefined;
}

/** `npm start`: the whole portal on embedded parts. Returns when it serves; signals end it in order. */
export async function startPortal(options: PortalOptions): Promise<void> {
  const given = environment();
  const folder = openDataFolder(options.data ?? given['PORTOLAN_DATA']);
  const env: Record<string, string | undefined> = {
    ...given,
    // On a terminal only what needs a look; the banner says the rest.
    LOG_LEVEL: given['LOG_LEVEL'] ?? 'warn',
    SECRET_KEY: given['SECRET_KEY'] ?? keptSecret(folder, 'secret.key'),
    CKAN_STORAGE_PATH: given['CKAN_STORAGE_PATH'] ?? folder.files,
  };
  const early = loadConfig({ env });
  env['CKAN_SITE_URL'] ??=
    early.siteUrl === 'http://localhost:5000' ? `http://localhost:${early.port}` : early.siteUrl;
  const logger = createLogger({ service: 'portal', level: early.logLevel });
  if (!(await claim(folder.runFile))) {
    const other = readRunFile(folder.runFile);
    const where = other?.env['PORTOLAN_URL'] ? ` at ${other.env['PORTOLAN_URL']} (process ${other.pid})` : '';
    process.stderr.write(
      `A portal already runs on ${folder.root}${where}. Stop it, or choose another place with --data DIR.\n`,
    );
    process.exit(1);
  }
  const shutdown = new Shutdown(logger);
  shutdown.onSignals();
  try {
    await run(folder, env, logger, shutdown, early.services);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await shutdown.run();
    releaseData(folder.runFile);
    process.exit(1);
  }
}

/** Takes the data; waits for a portal that is just stopping, which has its lock still but is not to be found any more. */
async function claim(runFile: string): Promise<boolean> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (claimData(runFile)) return true;
    if (readRunFile(runFile)) return false;
    await sleep(100);
  }
  return false;
}

async function run(
  folder: DataFolder,
  env: Record<string, string | undefined>,
  logger: Logger,
  shutdown: Shutdown,
  services: readonly string[],
): Promise<void> {
  const stopDatabase = await ownDatabase(folder, env, logger);
  const token = await prepareData(folder, env, logger);
  env['PORTOLAN_TOKEN'] = token.value;
  const running: Service[] = [];
  // Stopping begins with who writes; the database goes last.
  shutdown.add('run file', 1_000, () => removeRunFile(folder.runFile));
  shutdown.add('services', 25_000, () => Promise.all(running.map((service) => service.stop())));
  shutdown.add('database', 15_000, stopDatabase);
  shutdown.add('data', 1_000, () => releaseData(folder.runFile));
  const children = env as NodeJS.ProcessEnv;
  if (services.includes('api')) running.push(runService('api', '../api/start.ts', children, logger));
  if (services.some((service) => service !== 'api'))
    running.push(runService('background', './background.ts', leanEnvironment(children), logger));
  await Promise.all(running.map((service) => service.ready));
  writeRunFile(folder.runFile, runEnvironment(env));
  banner(folder, env, token);
}

/** The embedded server, unless DATABASE_URL names another. */
async function ownDatabase(
  folder: DataFolder,
  env: Record<string, string | undefined>,
  logger: Logger,
): Promise<() => Promise<void>> {
  if (env['DATABASE_URL']) return async () => {};
  const server = await startPostgres({
    folder: folder.postgres,
    binariesFolder: folder.binaries,
    databases: ['ckan', 'datastore'],
    settings: { shared_buffers: '128MB' },
    logger,
  });
  // Without its database the portal is of no use; whoever watches it can start it again, and nothing is lost.
  let stopping = false;
  let lost = false;
  void server.ended.then((code) => {
    if (stopping) return;
    lost = true;
    process.stderr.write(`The database server ended by itself (exit code ${code}); the portal stops.\n`);
    process.kill(process.pid, 'SIGTERM');
  });
  env['DATABASE_URL'] = server.url('ckan');
  env['DATASTORE_URL'] = server.url('datastore');
  return async () => {
    stopping = true;
    await server.stop();
    if (lost) throw new Error('the database server had ended by itself');
  };
}

interface AdminToken {
  value: string;
  isNew: boolean;
}

async function prepareData(
  folder: DataFolder,
  env: Record<string, string | undefined>,
  logger: Logger,
): Promise<AdminToken> {
  const file = path.join(folder.root, 'admin.token');
  const step = runService('prepare', './prepare.ts', env as NodeJS.ProcessEnv, logger);
  const { token } = await step.ready;
  await step.stop();
  if (typeof token === 'string') {
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    return { value: token, isNew: true };
  }
  return { value: existsSync(file) ? readFileSync(file, 'utf8').trim() : '', isNew: false };
}

// Commands beside the portal work under its settings: under others they would write another index, or beside it.
function runEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  const { CKAN_SITE_URL: PORTOLAN_URL = '', PORTOLAN_TOKEN = '' } = env;
  return { PORTOLAN_URL, ...siteVariables(env), PORTOLAN_TOKEN };
}

function banner(folder: DataFolder, env: Record<string, string | undefined>, token: AdminToken): void {
  const lines = [
    `Portolan is at ${env['CKAN_SITE_URL']}`,
    `  data           ${folder.root}${folder.postgres.startsWith(folder.root) ? '' : ` (database: ${folder.postgres})`}`,
  ];
  if (token.isNew)
    lines.push(
      '  administrator  admin',
      `  API token      ${token.value}`,
      '                 (shown once; another: npx portolan user token add admin NAME)',
    );
  lines.push('  stop           Ctrl-C', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
