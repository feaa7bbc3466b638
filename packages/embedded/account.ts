import { statSync } from 'node:fs';
import path from 'node:path';

/** PostgreSQL refuses to run as root; then it runs as nobody, as which it owns its data and nothing else. */
export interface Account {
  uid: number;
  gid: number;
}

const nobody: Account = { uid: 65534, gid: 65534 };

export const serverAccount = (): Account | undefined => (process.getuid?.() === 0 ? nobody : undefined);

/** Whether the account can enter the folder and every one above it. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const status = statSync(at, { throwIfNoEntry: false });
    if (status && !(status.uid === account.uid ? status.mode & 0o100 : status.mode & 0o001)) return false;
    if (at === path.dirname(at)) return true;
  }
}
