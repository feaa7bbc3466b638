// What a fresh clone needs before anything of it can run: the packages, and the Node version the code is written for.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const runtime = path.join(root, '.runtime');

/** Makes everything ready; says so only when there is something to do. Returns the path of the Node to use. */
export async function prepare() {
  installPackages();
  return { root, node: pinnedNode() };
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const mark = path.join(root, 'node_modules', '.portolan-installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  process.stderr.write('Installing packages …\n');
  // Not `npm ci`: it refuses a lock file that lacks optional packages of platforms its registry does not hold.
  npm(['install', '--no-save', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'], root);
  writeFileSync(mark, lock);
}

/** This Node when it is new enough, else the pinned one from the registry, kept in .runtime. */
function pinnedNode() {
  const { portolan } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [wanted] = portolan.node.split('.').map(Number);
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = path.join(runtime, `node-${portolan.node}`);
  const program = path.join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(program)) return program;
  process.stderr.write(`Fetching Node ${portolan.node} (this one is ${process.versions.node}) …\n`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  npm(
    [
      'install',
      '--prefix',
      unfinished,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--loglevel=error',
      `${name}@${portolan.node}`,
    ],
    unfinished,
  );
  if (!existsSync(folder)) renameSync(unfinished, folder);
  else rmSync(unfinished, { recursive: true });
  return program;
}

function npm(args, cwd) {
  // npm as it was started, or the one on the path; its output would mix with a command's answer.
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const { status, error } = spawnSync(program, [...first, ...args], {
    cwd,
    stdio: ['ignore', 2, 2],
    env: cleanEnvironment(),
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Without what `npm start` itself sets, which would steer the inner npm. */
function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(lifecycle|package|command|config_(local_prefix|prefix|workspace))/.test(name),
    ),
  );
}
