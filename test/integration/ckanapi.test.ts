import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, removeFolder, startPortal } from '../acceptance/portal.ts';

const installer = path.resolve('../shared/servers/clients');
const present = existsSync(installer);

describe.skipIf(!present)('the Python client ckanapi (needs ../shared/servers/clients)', () => {
  let portal: Portal;
  let python: string;
  beforeAll(async () => {
    const bin =
      /^export CLIENTS_BIN=(.*)$/m.exec(execFileSync(installer, ['install'], { encoding: 'utf8' }))?.[1] ??
      '';
    python = path.join(bin, 'python');
    portal = await startPortal();
  });
  afterAll(async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
  });

  it('creates, finds, patches, uploads, downloads and deletes', async () => {
    const { stdout } = await promisify(execFile)(python, [
      'test/clients/ckanapi_client.py',
      portal.url,
      portal.token,
    ]);
    expect(stdout).toMatch(/^ckanapi: 1[4-9] checks passed\n$/);
  });
});
