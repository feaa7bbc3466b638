import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { canEnter, serverAccount } from '@portolan/embedded/account';
import { systemRuntime } from '@portolan/kernel';

/** Where a portal on embedded parts keeps everything. */
export interface DataFolder {
  root: string;
  /** Beside the root only where the database server's account could not reach it. */
  postgres: string;
  binaries: string;
  files: string;
  /** What commands have to know of the running portal. */
  runFile: string;
}

const clone = fileURLToPath(new URL('../../', import.meta.url));

/** The folder asked for, else `data` in the clone; made when missing, open to nobody but for the way through it. */
export function openDataFolder(asked: string | undefined): DataFolder {
  const root = path.resolve(asked || path.join(clone, 'data'));
  mkdirSync(root, { recursive: true });
  // PostgreSQL started by root runs as nobody, and has to get through to its own folder.
  chmodSync(root, 0o711);
  const shared = canEnter(root, serverAccount()) ? root : outside(root);
  return {
    root,
    postgres: path.join(shared, 'postgres'),
    binaries: shared === root ? path.join(root, 'programs') : path.dirname(shared),
    files: path.join(root, 'files'),
    runFile: path.join(root, 'portal.json'),
  };
}

function outside(root: string): string {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = path.join('/var/lib/portolan', name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** A secret of this portal, made once and readable by its owner alone. */
export function keptSecret(folder: DataFolder, name: string): string {
  const file = path.join(folder.root, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const secret = systemRuntime.bytes(32).toString('base64url');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
